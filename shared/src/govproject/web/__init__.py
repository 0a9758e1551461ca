"""HTTP for every service: the app factory and what routes are written with.

A service's routes import `Read`, `Write`, `read_as`, `write_as` from `govproject.web.access` and
`Page`, `PageQuery`, `paginate` from `govproject.web.paging`; its composition root calls
`govproject.web.app.build`, its `__main__` `govproject.web.serve.run`.
"""
