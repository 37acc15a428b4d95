"""Who may do what: the owner, people with a link, pages of other sites."""
