import pytest

from govproject import ApprovalFacts
from govproject_review.rules.article_11_approval import project_code, submit_approval_documents


@pytest.mark.parametrize(("code", "blocks"), [("2608-320902-04-01-123456", False), (None, True)])
def test_project_code(finds, code, blocks):
    found = finds(project_code, ApprovalFacts.example(project_code=code))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks


@pytest.mark.parametrize(("documents", "blocks"), [(("项目审批请示",), False), ((), True)])
def test_submit_approval_documents(finds, documents, blocks):
    found = finds(submit_approval_documents, ApprovalFacts.example(approval_documents=documents))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks
