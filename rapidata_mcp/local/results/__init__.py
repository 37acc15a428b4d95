"""The results of a job: its document, its pages of cards, and the outcomes on its page."""
