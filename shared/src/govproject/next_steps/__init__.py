"""What is missing for a project's next step: each gate asked in advance, by the same rules.

places     where a project's page is in each service
steps      how a service names the steps that a project stands before
asking     asking their gates, without effect
views      what is answered
page       the same as a page that officials read and print
home       the first page: the projects, each leading to its page
routes     the routes
"""
