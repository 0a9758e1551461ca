"""What is missing for a project's next step: each gate asked in advance, by the same rules.

steps      how a service names the steps that a project stands before
asking     asking their gates, without effect
views      what is answered
page       the same as a page that officials read and print
routes     the routes
"""
