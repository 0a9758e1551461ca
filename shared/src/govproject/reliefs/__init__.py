"""The bureau's recorded acts that lift a rule's refusal, the same in every service.

keeping     keeping them, forgetting them, and what of them a gate is asked with
recording   recording one and withdrawing it, in the service whose routes do so
conditions  which conditions of a filing no exception lifts
listing     all of a project's, with what has become of them
views       what the routes take and answer
"""
