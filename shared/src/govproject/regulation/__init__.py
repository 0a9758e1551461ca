"""The regulation as data and as decisions: text, citations, thresholds, working days, findings."""
