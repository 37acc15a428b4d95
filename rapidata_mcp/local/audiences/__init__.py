"""Who answers: labelers, and how they qualify."""
