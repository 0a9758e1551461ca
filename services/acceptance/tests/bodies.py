"""Requests that are accepted as they are."""

from typing import Any

from govproject.terms import (
    EvaluationDimension,
    ImplementationPlan,
    ReportSubject,
    SecurityMeasure,
    SelfEvaluationPart,
    Veto,
)


class Bodies:
    """Requests that are accepted as they are."""

    @staticmethod
    def preliminary(**changes: object) -> dict[str, Any]:
        parties = (
            ("technical_head", "亭湖区教育局信息中心"),
            ("user_representative", "亭湖区某小学"),
            ("contractor", "盐城软件公司"),
            ("supervisor", "盐城监理公司"),
            ("expert", "单位4"),
            ("contractor", "单位2"),  # who came with them, under no contract
            ("supervisor", "单位3"),
        )
        return {
            "held_on": "2026-03-02",
            "participants": [
                {"role": role, "name": f"代表{n}", "employer": employer}
                for n, (role, employer) in enumerate(parties)
            ],
            "opinion": "同意通过初验。",
            "passed": True,
            **changes,
        }

    @staticmethod
    def report(**changes: object) -> dict[str, Any]:
        return {
            "report_number": "CP-2026-017",
            "agency": "江苏某测评有限公司",
            "qualification_number": "CNAS L1234",
            "covers": list(ReportSubject),
            "finished_on": "2026-07-01",
            **changes,
        }

    @staticmethod
    def guidance(**changes: object) -> dict[str, Any]:
        return {"agreed_on": "2026-07-20", "plan": "同意7月底召开终验会。", **changes}

    @staticmethod
    def experts(count: int = 3, *, against: int = 0) -> list[dict[str, Any]]:
        return [
            {
                "name": f"专家{n}",
                "employer": f"大学{n}",
                "in_favour": n >= against,
                "signed": True,
                "dissent": "性能未达标" if n < against else None,
            }
            for n in range(count)
        ]

    @classmethod
    def final(cls, *found: Veto, **changes: object) -> dict[str, Any]:
        outcome: dict[str, Any] = (
            {"reasons": ["详见专家组意见"], "rectify_by": "2026-09-30"}
            if found
            else {"settled_yuan": "1150000.00"}
        )
        return {
            "held_on": "2026-08-03",
            "experts": cls.experts(),
            "vetoes": {veto.value: veto in found for veto in Veto},
            "xinchuang": "已对照会审意见核查，全部落实。",
            "opinion": "专家组听取了汇报，查阅了资料。",
            **outcome,
            **changes,
        }

    @staticmethod
    def plans(files: dict[ImplementationPlan, str]) -> dict[str, Any]:
        return {"plans": [{"kind": kind, "file_id": file_id} for kind, file_id in files.items()]}

    @staticmethod
    def indicator(file_id: str, name: str = "页面响应时间", **changes: object) -> dict[str, Any]:
        return {
            "name": name,
            "promised": "不超过2秒",
            "source": "contract",
            "document": "建设合同第3.2条",
            "file_id": file_id,
            **changes,
        }

    @staticmethod
    def lot(contract_id: str, file_id: str, **changes: object) -> dict[str, Any]:
        return {
            "contract_id": contract_id,
            "held_on": "2026-07-20",
            "opinion": "同意通过标段验收。",
            "passed": True,
            "file_id": file_id,
            **changes,
        }

    @staticmethod
    def operation(file_id: str, **changes: object) -> dict[str, Any]:
        return {
            "operator": "区大数据中心",
            "user_unit": "亭湖区教育局",
            "operation_rules": file_id,
            "security_rules": file_id,
            "security_body": "信息科",
            "security_officer": "李四",
            "security_funds_yuan": "50000.00",
            "measures": {measure.value: "已落实" for measure in SecurityMeasure},
            "outsourced": False,
            **changes,
        }

    @staticmethod
    def self_evaluation(file_id: str | None, **changes: object) -> dict[str, Any]:
        return {
            "evaluated_on": "2026-08-03",
            "parts": {part.value: "详见报告" for part in SelfEvaluationPart},
            "file_id": file_id,
            **changes,
        }

    @staticmethod
    def evaluation(**changes: object) -> dict[str, Any]:
        return {
            "evaluated_on": "2026-08-03",
            "experts": [{"name": "绩效专家", "employer": "财经大学"}],
            "agencies": ["江苏某评价咨询公司"],
            "dimensions": {dimension.value: "良好" for dimension in EvaluationDimension},
            "grade": "good",
            "opinion": "项目运行良好。",
            **changes,
        }

    @staticmethod
    def annual_report(file_id: str, *projects: str, **changes: object) -> dict[str, Any]:
        return {
            "year": 2026,
            "summary": "整体运行平稳。",
            "projects": [{"project_id": each, "account": "运行正常"} for each in projects],
            "file_id": file_id,
            **changes,
        }
