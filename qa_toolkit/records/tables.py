"""The canonical tables: what a credential, an offer, a provider, a submission and a file are, column by column.

Every reader writes these columns and nothing else; every fact, check and finding starts from them.
Source: the elements of Annex I of the Council Recommendation, CELEX 32022H0627(02).
"""

from dataclasses import dataclass

MANDATORY_ELEMENTS = (
    "learner",
    "title",
    "country",
    "awarding_body",
    "issued",
    "learning_outcomes",
    "workload",
    "level",
    "assessment_type",
    "participation",
    "quality_assurance",
)
OPTIONAL_ELEMENTS = ("prerequisites", "supervision", "grade", "stackability", "further_information")
ELEMENTS = MANDATORY_ELEMENTS + OPTIONAL_ELEMENTS
OFFER_ELEMENTS = tuple(element for element in ELEMENTS if element not in ("learner", "issued", "grade"))
"""The elements a catalogue can state: those that belong to one award are left out. Source: Table 8 of the European
Training Foundation's information and guidance on micro-credentials."""

STRENGTHS = ("structured", "local_code", "free_text", "declared_once", "inferred")
"""How firmly a value was stated, strongest first; ``inferred`` never satisfies a check."""

CAUSES = ("empty", "placeholder", "unreadable", "column_absent", "column_unread", "not_carried", "withheld")
"""Why an element has no value: its cell or property is empty, it holds a placeholder, it could not be understood,
its column is absent, its format cannot hold it, or the provider lawfully withheld it."""


@dataclass(frozen=True)
class Column:
    """One column of a canonical table."""

    name: str
    type: str
    """A DuckDB type."""
    what: str
    personal: bool = False
    """True where the value identifies a learner: masked wherever it would be shown."""


def _text(name: str, what: str, personal: bool = False) -> Column:
    return Column(name, "VARCHAR", what, personal)


def _texts(name: str, what: str, personal: bool = False) -> Column:
    return Column(name, "VARCHAR[]", what, personal)


def _date(name: str, what: str, personal: bool = False) -> tuple[Column, Column]:
    return (
        Column(name, "DATE", what, personal),
        Column(f"{name}_raw", "VARCHAR", f"{what}: the text as found", personal),
    )


def _element(name: str) -> tuple[Column, ...]:
    return (
        _text(f"{name}_raw", f"{name}: the text as found, several values joined by ' | '", personal=name == "learner"),
        _text(f"{name}_strength", f"{name}: one of {', '.join(STRENGTHS)}; NULL where not stated"),
        _text(f"{name}_cause", f"{name}: why it is not stated, one of {', '.join(CAUSES)}; NULL where stated"),
    )


FACTS_OF_AUTHENTICITY = ("content", "certificate", "signer", "trust", "status")
"""What is said of the authenticity of a credential file, each fact apart."""
ANSWERS = ("holds", "does_not_hold", "not_checked")


def _verdict(fact: str, what: str) -> tuple[Column, ...]:
    return (
        _text(f"{fact}_verdict", f"{what}: one of {', '.join(ANSWERS)}; NULL for rows and drafts"),
        _text(f"{fact}_reason", f"{what}: the reason, a key of qa_toolkit/authenticity/verdicts.py"),
        _text(f"{fact}_seen", f"{what}: what was seen, such as an algorithm, an address or a day"),
    )


PLACE = (
    _text("submission_id", "the submission the record belongs to"),
    _text(
        "record_id",
        "from file number and row or item, never from order of reading: 'f1-r19', 'f12', 'f12-i3',"
        " 'f12-l3' for a line of JSON Lines",
    ),
    Column("source_file", "INTEGER", "file number, by sorted path within the submission, from 1"),
    Column("source_sheet", "INTEGER", "number of the sheet in its workbook, from 1; 0 or NULL where there are none"),
    _text(
        "source_place",
        "place inside the file: 'sheet Credentials, row 19', 'row 19', 'item 3', 'line 3', '' for a whole file",
    ),
)

CREDENTIALS: tuple[Column, ...] = (
    *PLACE,
    _text("source_format", "table, european_digital_credential, open_badge, elmo …: what the file was recognised as"),
    _text("evidence_form", "document (the file is the credential), draft (before sealing), extract (a row about one)"),
    _text("credential_id", "the provider's own identifier of the award"),
    Column("credential_id_damaged", "BOOLEAN", "TRUE where a spreadsheet cut the identifier to a power of ten"),
    _text("credential_id_cause", "column_absent or column_unread where its table has no column for it; else NULL"),
    Column("columns_unread", "BOOLEAN", "TRUE where the table of the row has filled columns that were not understood"),
    _text("offer_id", "identifier of the learning offer the award belongs to"),
    *(column for element in ELEMENTS for column in _element(element)),
    # 1 learner
    _text("learner_name", "full name", personal=True),
    _text("learner_email", "e-mail address", personal=True),
    _texts(
        "learner_identifiers", "student or national numbers, as 'kind:value' where the kind is known", personal=True
    ),
    _text("learner_key", "holder key: DID or hashed e-mail", personal=True),
    *_date("learner_birth_date", "birth date", personal=True),
    # 2 title
    _text("title", "the title, in the first language stated"),
    _text("title_language", "BCP 47 code of that language"),
    Column("titles", "STRUCT(language VARCHAR, text VARCHAR)[]", "the title in every language stated"),
    # 3, 4 issuer
    _texts("country", "ISO 3166-1 alpha-2 codes; unknown values stay in country_raw only"),
    Column("country_unrecognised", "BOOLEAN", "TRUE where a country is stated but not on the list"),
    _texts("awarding_body", "names of awarding bodies"),
    _texts("awarding_body_identifiers", "as 'kind:value'"),
    _text("issuer", "name of the issuer where it is stated apart from the awarding body"),
    Column("issuer_is_awarding_body", "BOOLEAN", "whether both share a name or identifier; NULL where not compared"),
    _text("mandate", "what the data say of a mandate by which the issuer acts for the awarding body"),
    # 5 dates; *_raw of issued belongs to the element
    Column("issued", "DATE", "the day the credential was issued; a midnight shifted by a time zone is put right"),
    _text("issued_source", "where that date stood: issued, issuanceDate, awardingDate or a column name"),
    *_date("awarded", "the day the achievement was awarded"),
    *_date("valid_from", "first day of validity"),
    *_date("valid_until", "last day of validity"),
    # 6 learning outcomes
    _texts("learning_outcomes", "one text an outcome"),
    _texts("skills", "skills of a framework that the outcomes are linked to: addresses, else names"),
    # 7 workload
    Column("ects", "DOUBLE", "ECTS credits; NULL where not stated or not readable"),
    Column("credits", "DOUBLE", "credits of any other or unnamed framework"),
    _text("credit_framework", "name of that framework; NULL where not stated"),
    Column("workload_hours", "DOUBLE", "hours of total workload as the data state them, plausible durations included"),
    _texts("durations", "every ISO 8601 duration of learning, as found"),
    Column("workload_part_hours", "DOUBLE[]", "hours of the parts that together make up the workload"),
    _texts("workload_unreadable", "workload values nobody could read as a number, as found"),
    _texts("workload_other_units", "workload values in days, weeks or sessions, as found"),
    # 8 level
    _text("eqf_raw", "EQF level as found; NULL where none is stated"),
    Column("eqf_level", "DOUBLE", "EQF level as a number; NULL where not stated or not a number"),
    _texts("nqf_level", "levels of national frameworks, as found"),
    _text("cycle", "QF-EHEA cycle: short, first, second, third"),
    _text("level_reason", "why no level applies, where the data say so"),
    # 9, 10, 11
    _texts("assessment_types", "codes of checks/vocabularies/assessment_types.csv; other values stay in the raw text"),
    _texts("assessment_texts", "the assessment in words: labels and free text"),
    _text(
        "assessment_reading",
        "attendance_only (the code), attendance_phrase (an exact phrase standing alone), attendance_word (an attendance"
        " word and no assessment word), other; NULL where no assessment is stated",
    ),
    _texts("assessment_modes", "how the assessment was held: codes of checks/vocabularies/participation_modes.csv"),
    *_date("assessment_date", "the day of the (last) assessment"),
    _texts("participation_modes", "codes of checks/vocabularies/participation_modes.csv"),
    _texts("quality_assurance_types", "kinds of quality assurance stated: codes or texts"),
    _texts("quality_assurance_bodies", "names of the agencies or bodies that stand behind it"),
    _texts("quality_assurance_references", "numbers of decisions, and addresses of decisions or reports"),
    _texts(
        "quality_assurance_objects",
        "what each decision is about, as 'type:object' with the object award or organisation; where the data say so",
    ),
    # optional elements keep their text in <element>_raw
    _text("supervision_code", "code of checks/vocabularies/supervision.csv; other values stay in the raw text"),
    _text("grading_scheme", "name or description of the grading scheme"),
    Column("grade_best", "DOUBLE", "the best grade of the scheme, where it says which end of its range that is"),
    Column("grade_worst", "DOUBLE", "the other end of that range"),
    Column("grade_pass_mark", "DOUBLE", "the grade from which one passes, where the scheme says so"),
    # context
    _text("language", "BCP 47 code of the record's texts, from a tag, a column or the submission"),
    _texts("languages_unrecognised", "languages stated that are not on the list, as found"),
    _text("place_of_issue", "town or address where the award was issued"),
    _texts("isced_f", "ISCED-F codes as found"),
    Column("learning_activity", "BOOLEAN", "TRUE where a credential file describes a learning activity"),
    *_date("activity_start", "first day of the learning activity"),
    *_date("activity_end", "last day of the learning activity"),
    _text("route", "course or validation; NULL where not stated"),
    _texts("stated_otherwise", "values that the file states a second time and otherwise, as 'column: value'"),
    _texts(
        "personal_data",
        "kinds of personal data beyond what tells the holder: national_number, birth_place, address; never the values",
    ),
    # authenticity and status: of credential files alone
    _text("proof", "how the file is signed: e_seal, jwt, sd_jwt, data_integrity, hosted; NULL where it is not"),
    _text("proof_suite", "algorithm or cryptosuite as the file names it"),
    *_verdict("authenticity", "authenticity and status together"),
    *_verdict("content", "the content matches its signature, as received"),
    *_verdict("certificate", "the certificate was valid when it was signed"),
    *_verdict("signer", "the signer is the issuer"),
    *_verdict("trust", "a supplied list knows the signer"),
    *_verdict("status", "it was not withdrawn, by a supplied list"),
    _texts("shifted_dates", "columns whose date-time was midnight shifted by a time zone (22:00Z, 23:00Z)"),
)

OFFERS: tuple[Column, ...] = (
    *PLACE,
    _text("source_format", "table or deqar_template, or the format of a course catalogue"),
    _text("evidence_form", "catalogue"),
    _text("offer_id", "the provider's own identifier of the offer"),
    *(column for element in OFFER_ELEMENTS for column in _element(element)),
    # 2 title
    _text("title", "the title, in the first language stated"),
    _text("title_language", "BCP 47 code of that language"),
    Column("titles", "STRUCT(language VARCHAR, text VARCHAR)[]", "the title in every language stated"),
    # 3, 4 country, awarding body
    _texts("country", "ISO 3166-1 alpha-2 codes; unknown values stay in country_raw only"),
    Column("country_unrecognised", "BOOLEAN", "TRUE where a country is stated but not on the list"),
    _texts("awarding_body", "names of awarding bodies"),
    _texts("awarding_body_identifiers", "as 'kind:value'"),
    # 6 learning outcomes
    _texts("learning_outcomes", "one text an outcome"),
    _texts("skills", "skills of a framework that the outcomes are linked to: addresses, else names"),
    # 7 workload
    Column("ects", "DOUBLE", "ECTS credits"),
    Column("credits", "DOUBLE", "credits of any other or unnamed framework"),
    _text("credit_framework", "name of that framework; NULL where not stated"),
    Column("workload_hours", "DOUBLE", "hours of total workload as the data state them"),
    Column("contact_hours", "DOUBLE", "of these, hours with a teacher"),
    # 8 level
    Column("eqf_level", "DOUBLE", "EQF level as a number"),
    _texts("nqf_level", "levels of national frameworks, as found"),
    _text("cycle", "QF-EHEA cycle: short, first, second, third"),
    _text("level_reason", "why no level applies, where the data say so"),
    # 9 assessment, outcome by outcome where the catalogue says so
    _texts("assessment_types", "codes of checks/vocabularies/assessment_types.csv; other values stay in the raw text"),
    _texts("assessments", "the parts of the assessment, one text a part, as found: 'project 60 %: 1, 2'"),
    Column("assessment_weights", "DOUBLE[]", "the weights of those parts in per cent, where given"),
    Column("outcomes_assessed", "INTEGER[]", "numbers of the outcomes that a part of the assessment covers"),
    Column("all_outcomes_assessed", "BOOLEAN", "TRUE where the catalogue says that all outcomes are assessed"),
    _text("assessment_criteria", "the criteria of assessment, or where they can be read"),
    # 10, 11
    _texts("participation_modes", "codes of checks/vocabularies/participation_modes.csv"),
    _texts("quality_assurance_types", "kinds of quality assurance stated: codes or texts"),
    _texts("quality_assurance_bodies", "names of the agencies or bodies that stand behind it"),
    _texts("quality_assurance_references", "numbers of decisions, and addresses of decisions or reports"),
    # context
    _text("language", "language of instruction, ISO 639-1"),
    _texts("isced_f", "ISCED-F codes as found"),
    _text("route", "course or validation; NULL where not stated"),
    # whom it is for, and why it is there
    _text("target_group", "for whom it is made"),
    _text("entry_level", "what learners are expected to know or be able to do beforehand"),
    _text("need_evidence", "what shows that it is needed"),
    *_date("need_evidence_date", "the day that evidence is of"),
    _texts("partners", "employers, social partners and others who had a part in it"),
    *_date("content_updated", "the day its content was last brought up to date"),
    # information before enrolment
    _text("url", "address at which it is published"),
    _text("contact", "whom to ask: an office, a role or an address"),
    _text("price", "price or fee as found; 'free' is one"),
    *_date("start_date", "first day of the next run"),
    *_date("end_date", "last day of that run"),
    _text("duration", "how long it takes, as found"),
    Column("self_paced", "BOOLEAN", "TRUE where learners start and finish when they like"),
    _text("alternatives", "other ways and times to take part"),
    _text("accessibility", "what is said of access and support for different needs"),
    _text("audience", "open, or closed to a company's own people; NULL where not stated"),
    _text("prior_learning", "how the award is reached by validation of prior learning, or that it is not"),
    _text("credential_format", "form in which learners get the award, as found"),
    _text("national_register_id", "its number in a national register of micro-credentials"),
    # the life of the entry
    *_date("approved", "the day it was approved"),
    _text("approved_by", "who approved it"),
    *_date("reviewed", "the day of its last review"),
    *_date("published", "the day it was published"),
    *_date("withdrawn", "the day it was withdrawn"),
    *_date("entry_updated", "the day the entry of the catalogue was last changed"),
    *_date("valid_from", "first day on which what the entry says holds"),
    *_date("valid_until", "last day on which it holds"),
    # pathways
    _texts("part_of", "what it builds towards: identifiers or titles of other offers, or names of qualifications"),
    _texts("parts", "identifiers or titles of the offers it is made of"),
    Column("parts_compulsory", "BOOLEAN", "TRUE where all of those parts have to be taken"),
    # what became of it, as counts
    Column("entrants", "INTEGER", "people who entered in the period"),
    Column("completions", "INTEGER", "people who completed in the period"),
    Column("feedback_collected", "BOOLEAN", "whether learners are asked for their view"),
    Column("feedback_answers", "INTEGER", "answers of learners in the period"),
    # what a row of DEQAR's template says of the decision behind it
    _text("decision_agency", "the agency that decided"),
    _text("decision", "the decision, as found"),
    _text("decision_status", "obligatory or voluntary, as found"),
    Column("decision_valid_from", "DATE", "first day of its validity"),
    Column("decision_valid_until", "DATE", "last day of its validity"),
    _text("decision_report", "identifier of the report"),
    Column("full_degree", "BOOLEAN", "whether the programme leads to a full degree"),
)

PROVIDERS: tuple[Column, ...] = (
    *PLACE,
    _text("source_format", "table"),
    # who it is
    _text("name", "name of the provider"),
    _text("legal_name", "its name in law, where it is another"),
    _text("provider_type", "higher_education, vet, non_formal, employer, platform; NULL where not stated"),
    _texts("country", "ISO 3166-1 alpha-2 codes"),
    Column("natural_person", "BOOLEAN", "TRUE where the provider is a person: its tax number may hold a birth number"),
    _texts("identifiers", "register and legal identifiers but VAT, as 'kind:value' where the kind is known"),
    _text("vat_number", "VAT number as found; shown only where the provider is known to be no person", personal=True),
    Column(
        "former_names",
        "STRUCT(name VARCHAR, valid_from DATE, valid_until DATE)[]",
        "names it had before, with their days where known",
    ),
    _texts("isced_f", "fields it teaches or is accredited for, ISCED-F codes as found"),
    _texts("higher_education_partners", "higher education institutions it awards with"),
    # policies that can be read
    _text("website", "its address"),
    _text("catalogue_url", "address of its catalogue"),
    _text("quality_policy", "address or document of its quality policy"),
    _text("recognition_policy", "address or document of how it treats micro-credentials of others"),
    Column("admits_on_credentials", "BOOLEAN", "FALSE where nobody is admitted or exempted because of a credential"),
    _text("validation_procedure", "address or document of its validation of prior learning"),
    _text("complaints_procedure", "address or document of how to complain and appeal"),
    _text("accessibility_statement", "address or document on access and support"),
    _text("final_level_guarantor", "role that answers for the final level being reached"),
    Column("learners_in_quality_assurance", "BOOLEAN", "whether learners sit in its quality assurance"),
    _text("credential_format", "form in which learners get their awards, as found"),
    # what stands behind its quality
    _texts("quality_assurance_types", "kinds of quality assurance it has: codes or texts"),
    _texts("quality_assurance_bodies", "agencies or bodies that look at it from outside"),
    _texts("quality_assurance_references", "numbers of their decisions, and addresses of decisions or reports"),
    *_date("external_review", "the day of its last review from outside"),
    _text("external_review_result", "its result, as found"),
    *_date("next_external_review", "the day the next one is due"),
    _text("certificate_standard", "management standard it is certified for, with edition: 'ISO 21001:2018'"),
    _text("certificate_number", "number of that certificate"),
    _text("certificate_body", "who issued it"),
    _text("certificate_scope", "what it covers"),
    *_date("certificate_valid_from", "first day of its validity"),
    *_date("certificate_valid_until", "last day of its validity"),
    _texts("registers", "registers and national frameworks it or its awards stand in, as found"),
    # counts
    _text("holders_followed", "what is known of what became of holders: an address, a figure, a text"),
    _texts("indicators_reported", "EQAVET indicators it reports, by number"),
)

SUBMISSIONS: tuple[Column, ...] = (
    _text("submission_id", "slug, unique in a run"),
    _text("provider_name", "name of the provider"),
    _texts("provider_country", "ISO 3166-1 alpha-2 codes"),
    _text("provider_type", "higher_education, vet, non_formal, employer, platform; NULL where not declared"),
    _text("provider_identifier", "legal or register identifier as declared"),
    Column("period_start", "DATE", "first day of the reporting period"),
    Column("period_end", "DATE", "last day of the reporting period"),
    _text("route", "course or validation where all awards share it"),
    _text("hours_basis", "total (60-minute hours of total workload), contact, teaching_45, unknown"),
    _text("learner_data", "full, pseudonymised, withheld"),
    _text("awards_handed_in", "all, selection; NULL where not declared"),
    _text("columns_handed_in", "all, some; NULL where not declared (read as all)"),
    Column("declared_total", "INTEGER", "number of awards the provider says it hands in"),
    _texts("country", "declared once for all records"),
    _texts("awarding_body", "declared once for all records"),
    _texts("quality_assurance", "declared once for all records"),
    _texts("participation", "declared once for all records"),
    _text("language", "declared once for all records"),
    _texts("columns_absent", "mandatory elements for which a table handed in has no column and nothing is declared"),
    Column("entrants", "INTEGER", "people who entered in the period, all offers together, as declared"),
    Column("completions", "INTEGER", "people who completed in the period, as declared"),
    _texts("groups_reported", "groups of learners whose participation is counted and reported; never a person"),
    _text("credential_format", "form in which learners got their awards, as declared"),
    _texts("offer_columns_absent", "elements for which a catalogue handed in has no column and nothing is declared"),
    Column("credentials_found", "INTEGER", "credentials read, repeats left out"),
    Column("offers_found", "INTEGER", "rows of a catalogue read"),
    Column("profile_found", "BOOLEAN", "whether a provider profile was handed in"),
    Column("repeats_left_out", "INTEGER", "records that repeat another one and are counted once"),
)

FILES: tuple[Column, ...] = (
    _text("submission_id", "the submission"),
    Column("file_number", "INTEGER", "by sorted path within the submission, from 1"),
    _text(
        "file_name", "path within the submission; may hold a learner's name, never leaves the records", personal=True
    ),
    _text("sha256", "of the bytes as handed in"),
    Column("size", "BIGINT", "bytes"),
    _text("format", "what the file was recognised as"),
    _text("state", "read, partly_read, refused"),
    Column("records", "INTEGER", "records read from it"),
    _texts("carried", "elements the format or the table of this file can hold"),
)

ORIGINS: tuple[Column, ...] = (
    _text("submission_id", "the submission"),
    Column("source_file", "INTEGER", "file number"),
    Column("source_sheet", "INTEGER", "number of the sheet, as in the record"),
    _text("record_id", "the record; NULL where the origin holds for every record of the file"),
    _text("column_name", "canonical column"),
    _text("origin", "column letter of a sheet ('H'), header of a CSV ('ects') or JSON pointer ('/issued')"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "credentials": CREDENTIALS,
    "offers": OFFERS,
    "providers": PROVIDERS,
    "submissions": SUBMISSIONS,
    "files": FILES,
    "origins": ORIGINS,
}

TEMPLATE_VERSION = "1"
"""Version of the toolkit's own template; written on its Submission sheet."""
