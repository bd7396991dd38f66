"""A framework, checks and questions as a result carries them: in the shape of ``eu-2022``, in words of their own."""

from typing import Any

from qa_toolkit.result import (
    BandUsed,
    CaseUsed,
    CheckUsed,
    CriterionUsed,
    FrameworkUsed,
    PrincipleUsed,
    QuestionUsed,
    SourceUsed,
)

# principle: number, title, summary; its criteria: id, weight, mode, title
_PRINCIPLES = {
    "quality": ("Quality", "Micro-credentials are subject to internal and external quality assurance."),
    "transparency": ("Transparency", "They can be read, compared and understood by whoever meets them."),
    "relevance": ("Relevance", "They are designed as distinct achievements that answer a need."),
    "valid_assessment": ("Valid assessment", "Learning outcomes are assessed against transparent criteria."),
    "learning_pathways": ("Learning pathways", "They support flexible pathways and can be combined."),
    "recognition": ("Recognition", "They have recognition value for study, training and work."),
    "portable": ("Portable", "They belong to the learner and can be stored and shared."),
    "learner_centred": ("Learner-centred", "They meet the needs of the group they are made for."),
    "authentic": ("Authentic", "Identity of holder and issuer, date and place can be checked."),
    "information_guidance": ("Information and guidance", "Advice on them reaches every group of learners."),
}
_CRITERIA = (
    ("1.1", 2, "automated", "Each micro-credential says which quality assurance stands behind it"),
    ("1.2", 2, "partial", "The organisation behind it is looked at from outside"),
    ("1.3", 2, "partial", "The organisation's own quality assurance covers micro-credentials"),
    ("1.5", 1, "human", "Whoever disagrees can complain and appeal"),
    ("2.1", 3, "partial", "The award names itself and says what the holder knows, understands and can do"),
    ("2.2", 2, "automated", "The size of the learning is stated in a unit that others can read"),
    ("2.3", 2, "automated", "Where a level applies, it is stated in a recognised framework and is consistent"),
    ("2.4", 1, "automated", "How one takes part can be compared across providers"),
    ("2.5", 2, "automated", "What is published about the offer carries the same elements as the award"),
    ("3.1", 2, "partial", "A need was established before the offer was made"),
    ("3.4", 1, "human", "Employers, social partners or other users had a part in it"),
    ("4.1", 3, "automated", "Every award rests on a named assessment that is more than being there"),
    ("4.2", 2, "partial", "Outcomes are assessed against criteria that learners could know beforehand"),
    ("4.3", 1, "automated", "The assessment came before the award and the recorded result fits"),
    ("4.4", 1, "partial", "Supervision and identity checks fit what is at stake"),
    ("4.5", 1, "human", "Judgement is independent and competent; retakes and appeals are regulated"),
    ("5.1", 2, "partial", "It says whether it stands alone or builds towards something named"),
    ("5.2", 1, "partial", "What one needs to enter is said"),
    ("6.2", 2, "partial", "The organisation says publicly how it treats micro-credentials of others"),
    ("7.1", 2, "partial", "The learner gets it in an open form and keeps it without asking anyone"),
    ("7.2", 2, "automated", "Every credential is one of a kind and can be told apart"),
    ("8.2", 1, "human", "Learners take part in quality assurance"),
    ("8.3", 1, "partial", "What learners say leads to change"),
    ("9.1", 2, "automated", "The holder can be identified"),
    ("9.2", 2, "automated", "The issuer's legal identity is clear"),
    ("9.3", 2, "automated", "When and where it was issued is clear and possible"),
    ("10.1", 1, "partial", "The offer is published where people look"),
    ("10.4", 1, "human", "Information and guidance reach groups that rarely come by themselves"),
)

# check id, criterion, element, title, then its cases: (key, role, severity, failed)
_CHECKS: tuple[tuple[Any, ...], ...] = (
    ("EL-01", "9.1", "learner", "The learner is named", ("", "scores", "blocker", "The learner is not named")),
    ("EL-02", "2.1", "title", "The title is stated", ("", "scores", "blocker", "The title is missing")),
    (
        "EL-03",
        "9.3",
        "country",
        "The country of the issuer is stated",
        ("missing", "scores", "major", "The country of the issuer is missing"),
        ("unrecognised", "asks", "minor", "The country is stated in words that were not recognised"),
    ),
    ("EL-04", "9.2", "awarding_body", "The awarding body is named", ("", "scores", "blocker", "No awarding body")),
    ("EL-05", "9.3", "issued", "The date of issuing is stated", ("", "scores", "blocker", "No date of issuing")),
    (
        "EL-06",
        "2.1",
        "learning_outcomes",
        "Learning outcomes are stated",
        ("", "scores", "blocker", "Learning outcomes are missing"),
    ),
    ("EL-07", "2.2", "workload", "The workload is stated", ("", "scores", "major", "The workload is missing")),
    (
        "EL-08",
        "2.3",
        "level",
        "The level is stated",
        ("higher_education", "scores", "major", "The level is missing"),
        ("other", "asks", "minor", "No level is stated; a person decides whether one applies"),
    ),
    (
        "EL-09",
        "4.1",
        "assessment_type",
        "The type of assessment is stated",
        ("", "scores", "blocker", "The type of assessment is missing"),
    ),
    (
        "EL-10",
        "2.4",
        "participation",
        "The form of participation is stated",
        ("", "scores", "major", "The form of participation is missing"),
    ),
    (
        "EL-11",
        "1.1",
        "quality_assurance",
        "The type of quality assurance is stated",
        ("", "scores", "blocker", "The type of quality assurance is missing"),
    ),
    ("EL-12", "5.2", "prerequisites", "Prerequisites are stated", ("", "informs", None, "No prerequisites stated")),
    ("EL-14", "4.3", "grade", "The grade is stated", ("", "informs", None, "No grade stated")),
    (
        "EL-20",
        None,
        None,
        "The data handed in have a column for every mandatory element",
        ("", "informs", None, "Columns of mandatory elements are absent"),
    ),
    (
        "SIZ-02",
        "2.2",
        "workload",
        "Hours and ECTS credits agree",
        ("", "scores", "major", "Hours per ECTS credit lie outside the range of the country"),
    ),
    (
        "VAL-02",
        "2.3",
        "level",
        "Level and cycle agree",
        ("", "scores", "major", "The level does not belong to the cycle"),
    ),
    (
        "VAL-05",
        "2.2",
        "workload",
        "The workload can be read as a figure with a unit",
        ("unreadable", "scores", "major", "The workload is no figure"),
        ("not_positive", "scores", "major", "The workload is zero or less"),
        ("other_unit", "asks", "minor", "The workload is given in days, weeks or sessions only"),
    ),
    (
        "VAL-16",
        "7.2",
        None,
        "The credential has an identifier",
        ("missing", "scores", "blocker", "The credential has no identifier"),
        ("not_uri", "informs", None, "The identifier is no URI"),
    ),
    (
        "POR-03",
        "7.2",
        None,
        "An identifier names one award",
        ("", "scores", "blocker", "The same identifier stands on two different awards"),
    ),
    (
        "ASM-01",
        "4.1",
        "assessment_type",
        "The assessment is more than attendance",
        ("attendance_only", "scores", "blocker", "Attendance is the only assessment"),
        ("attendance_words", "asks", "minor", "The words for the assessment may mean attendance"),
    ),
    (
        "ASM-08",
        "4.3",
        "assessment_type",
        "The assessment came before the award",
        ("", "scores", "major", "The award was issued before the assessment"),
    ),
    (
        "AUT-04",
        "9.3",
        "issued",
        "The date of issuing is not in the future",
        ("", "scores", "major", "The date of issuing lies after the audit"),
    ),
    (
        "AUT-06",
        "9.3",
        None,
        "Validity begins after the learning",
        ("before_activity", "scores", "minor", "Validity begins before the learning"),
        ("before_issue", "informs", None, "Validity begins before the date of issuing"),
    ),
)
REQUIRES = {"SIZ-02": "EL-07", "VAL-05": "EL-07", "VAL-02": "EL-08", "ASM-01": "EL-09", "ASM-08": "EL-09"}
REQUIRES |= {"AUT-04": "EL-05", "POR-03": "VAL-16"}

# question id, criterion, weight, core, text, good evidence, not enough
_QUESTIONS = (
    ("Q1.2", "1.2", 4, True, "Who looks at your organisation from outside, when last, with what result?"),
    ("Q1.3a", "1.3", 4, True, "Where do you describe how you assure quality, and does it name micro-credentials?"),
    ("Q1.5", "1.5", 4, True, "How can a learner complain or appeal, and how long does it take?"),
    ("Q2.1", "2.1", 4, True, "Are the outcomes true, understandable and at the level you state?"),
    ("Q2.3", "2.3", 2, False, "How did you arrive at the level, or why does none apply?"),
    ("Q3.1", "3.1", 4, True, "Which need does it answer, who told you, when?"),
    ("Q3.4", "3.4", 2, False, "Which employers or other users helped to design or review it, how?"),
    ("Q4.2", "4.2", 4, True, "Show for one micro-credential which task tests which outcome, and the criteria."),
    ("Q4.4", "4.4", 4, False, "How do you know who sat the assessment?"),
    ("Q4.5", "4.5", 4, True, "Who marks, who checks the marking, and what about retakes and appeals?"),
    ("Q6.2", "6.2", 4, True, "Where do you publish how you recognise others' micro-credentials?"),
    ("Q7.1", "7.1", 4, True, "Can the holder download it in an open format and share it free of charge?"),
    ("Q8.2", "8.2", 4, True, "Where do learners sit or speak in your quality assurance?"),
    ("Q8.3", "8.3", 4, True, "Name one change that learners' feedback brought about."),
    ("Q10.4", "10.4", 4, True, "How do people who do not look for courses hear of yours?"),
)


def example_questions() -> tuple[QuestionUsed, ...]:
    """Questions to providers, in the order of the framework."""
    return tuple(
        QuestionUsed(
            number, criterion, text, "a dated document with its scope", "a sentence without date", weight, core
        )
        for number, criterion, weight, core, text in _QUESTIONS
    )


def example_checks() -> tuple[CheckUsed, ...]:
    """Checks on every mandatory element and on some values, by id."""
    keys = list(_PRINCIPLES)
    return tuple(
        CheckUsed(
            check_id=check_id,
            title=title,
            principle=keys[int(criterion.split(".")[0]) - 1] if criterion else "hand_in",
            criterion_id=criterion,
            element=element,
            cases=tuple(
                CaseUsed(key, _table(check_id), role, severity, failed, f"State it: {title[0].lower()}{title[1:]}.")
                for key, role, severity, failed in cases
            ),
            tolerance=0.0,
            why=f"Whoever reads the award relies on it: {title[0].lower()}{title[1:]}.",
            fix=f"State it: {title[0].lower()}{title[1:]}.",
            expected="hours per ects: at least 22.5 and at most 33" if check_id == "SIZ-02" else f"{title}: yes",
            sources=(
                SourceUsed("ECTS Users' Guide", "2015, section 2", "verified")
                if check_id == "SIZ-02"
                else SourceUsed("Council Recommendation 2022/C 243/02", "Annex I", "cited"),
            ),
        )
        for check_id, criterion, element, title, *cases in sorted(_CHECKS, key=lambda check: str(check[0]))
    )


def _table(check_id: str) -> str:
    return "submissions" if check_id == "EL-20" else "credentials"


def example_framework() -> FrameworkUsed:
    """Ten principles, without adoption by an agency."""
    principles = []
    for number, (key, (title, summary)) in enumerate(_PRINCIPLES.items(), start=1):
        criteria = tuple(
            CriterionUsed(
                criterion_id=criterion,
                title=text,
                weight=float(weight),
                mode=mode,
                checks=tuple(str(check[0]) for check in _CHECKS if check[1] == criterion),
                questions=tuple(str(question[0]) for question in _QUESTIONS if question[1] == criterion),
            )
            for criterion, weight, mode, text in _CRITERIA
            if int(criterion.split(".")[0]) == number
        )
        principles.append(PrincipleUsed(key, number, title, summary, 1.0, criteria))
    return FrameworkUsed(
        framework_id="eu-2022",
        title="European approach to micro-credentials",
        version="2022",
        source="Council Recommendation 2022/C 243/02",
        about="Ten principles for the design and issuance of micro-credentials, as criteria in the toolkit's words.",
        adoption=None,
        principles=tuple(principles),
        bands=(
            BandUsed("meets", 90.0),
            BandUsed("largely_meets", 75.0),
            BandUsed("partly_meets", 50.0),
            BandUsed("does_not_meet", 0.0),
        ),
        least_scored_principles=7,
        coverage_for_band=0.8,
        coverage_for_provisional_band=0.5,
        small_number=30,
    )
