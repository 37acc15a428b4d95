"""What is asked: datapoints and examples, as their tasks and as people see them."""
