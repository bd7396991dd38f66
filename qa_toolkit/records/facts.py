"""The facts derived from the canonical tables: what they are called, what they mean, and the statement that makes them.

The SQL lies in ``facts.sql``. Facts are tables, not views: every check reads them several times.
"""

from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

import duckdb

from qa_toolkit.records.entry_facts import AWARD_FORM, BESIDE_OFFER_FACTS, OFFER_FACTS, PROVIDER_FACTS, SIZE_FACTS
from qa_toolkit.records.fact_columns import boolean, count, number
from qa_toolkit.records.pathways import derive_pathways
from qa_toolkit.records.register_facts import (
    REGISTER_FACTS_OF_CREDENTIALS,
    REGISTER_FACTS_OF_SUBMISSIONS,
    WORDS_OF_CREDENTIALS,
    WORDS_OF_SUBMISSIONS,
    derive_register_facts,
)
from qa_toolkit.records.tables import ELEMENTS, Column
from qa_toolkit.records.word_lists import load_vat_number_formats, load_word_lists

FACT_TABLE = {
    "credentials": "credential_facts",
    "offers": "offer_facts",
    "providers": "provider_facts",
    "submissions": "submission_facts",
}
"""Canonical table -> the table of its facts, which checks read."""


_KEYS = (
    Column("submission_id", "VARCHAR", "the submission"),
    Column("record_id", "VARCHAR", "the record; '' for a submission"),
    Column("evidence_form", "VARCHAR", "document, draft, extract, catalogue or profile; '' for a submission"),
    Column("country_key", "VARCHAR", "first country code, '--' where none is known"),
)

FACTS: dict[str, tuple[Column, ...]] = {
    "credential_facts": (
        *_KEYS,
        *(boolean(f"{element}_stated", f"{element} is stated; NULL: could not be seen") for element in ELEMENTS),
        boolean("not_draft", "the credential is sealed, or a row about an issued one"),
        boolean("issue_date_is_written", "no draft, and the date of issuing holds something, readable or not"),
        boolean("provider_is_higher_education", "the provider declared itself a higher education institution"),
        boolean("provider_is_not_higher_education", "it declared another type, or none"),
        boolean("learning_activity_expected", "the award was not reached by validation alone"),
        boolean(
            "higher_education_terms_of_another_provider",
            "a provider of a declared other type states ECTS credits or an EQF level of 6 to 8",
        ),
        boolean("learner_data_are_full", "learner data are not declared as pseudonymised or withheld"),
        boolean("provider_is_platform", "the provider declared itself a platform"),
        boolean("provider_is_vet", "the provider declared itself one of vocational education and training"),
        boolean("provider_is_not_vet", "the provider is not declared as one of vocational education and training"),
        boolean("is_credential_file", "the file is the credential itself: no row about one, and no draft"),
        boolean("proof_stated", "it carries a seal or proof, or is hosted by its issuer"),
        boolean("content_matches_signature", "its content matches its signature as received; NULL: not checked"),
        boolean("certificate_was_valid", "the certificate was valid when it was signed; NULL: none, or not checked"),
        boolean("signer_is_issuer", "whoever signed is the issuer it names; NULL: not known"),
        boolean("content_is_as_signed", "the content is known to match its signature"),
        boolean("signer_is_listed", "a supplied list knows the signer; NULL: no list was supplied"),
        boolean("status_is_named", "it names a list that says whether it was withdrawn"),
        boolean("not_withdrawn", "that list, supplied and dated, does not say so; NULL: not supplied"),
        count("recognition_signals_missing", "of six elements a recognising body looks for, those not stated"),
        Column("elements_missing_for_recognition", "VARCHAR", "which of them, joined by ', '"),
        boolean("rests_on_learning_or_validation", "a learning activity, a participation or a validation is stated"),
        boolean("learner_told_apart_from_namesakes", "a number, key, address or birth date stands beside the name"),
        count("same_awards_before", "awards of the same person, title and day of issue before this one"),
        Column("same_award_first_at", "VARCHAR", "the place of the first of them"),
        boolean("holder_key_stated", "a holder key binds the credential to its holder"),
        count("kinds_of_further_personal_data", "kinds of personal data beyond what tells the holder; JSON only"),
        boolean("title_names_no_award_type", "no word list finds a type of degree at start or end of the title"),
        boolean("outcomes_say_more_than_title", "the outcomes are not just the title once more"),
        count("outcomes_that_say_an_ability", "outcomes with a verb of the lists that do not open as a topic"),
        boolean("nothing_is_stated_otherwise", "no value stands in the file twice with a difference; JSON only"),
        count("title_length", "characters of the title"),
        count("words_of_title_in_capitals", "words of a title that is all capitals; 0 for any other"),
        boolean("titles_say_their_language", "every title has a language tag; JSON only"),
        boolean("title_is_in_english_or_two_languages", "the title is there in English or in two languages; JSON only"),
        count("outcome_count", "learning outcomes"),
        count("words_of_shortest_outcome", "words of the shortest outcome"),
        count("length_of_longest_outcome", "characters of the longest outcome"),
        count("outcomes_that_tell_of_teaching", "outcomes that open with what the course or the teacher does"),
        count("titles_with_these_outcomes", "titles of one language under which the submission has these outcomes"),
        boolean("assessment_type_on_list", "a type of assessment is on the list, or labelled in a credential file"),
        boolean("participation_on_list", "a form of participation is on the list, or labelled in a credential file"),
        boolean("quality_assurance_on_list", "each type of quality assurance is on the list, or labelled there"),
        boolean("field_of_education_stated", "a field of education is stated"),
        count("longest_isced_f_code", "digits of the longest ISCED-F code; NULL: no figures"),
        boolean("stackability_is_no_bare_claim", "stackability is more than the bare claim of the word list"),
        boolean("nothing_is_promised_for_others", "no promise of the word list in stackability or further information"),
        boolean("language_recognised", "every language stated is on the list"),
        boolean("outcomes_linked_to_skills", "the outcomes are linked to skills of a framework"),
        boolean("esco_links_well_formed", "every address of ESCO is written as ESCO writes them; NULL: there is none"),
        boolean("addresses_can_be_opened", "every web address is whole; NULL: there is none"),
        boolean("frameworks_named_are_current", "no framework of the word list of outdated ones is named"),
        boolean("place_of_issue_stated", "a country or a town is stated"),
        boolean("country_recognised", "every country stated is on the list"),
        boolean("eqf_level_stated", "an EQF level is stated, readable or not"),
        boolean("eqf_level_is_whole_number", "the EQF level stated is a whole number"),
        number("eqf_level", "EQF level"),
        boolean("cycle_and_eqf_level_stated", "both are stated and readable"),
        number("eqf_levels_above_cycle", "EQF level minus the level of the QF-EHEA cycle (short 5 … third 8)"),
        boolean("level_is_more_than_label", "the level is not only a label such as 'beginner'"),
        number("ects", "ECTS credits"),
        number("workload_hours", "hours"),
        boolean("workload_readable", "every workload value could be read"),
        number("smallest_workload_figure", "the least of ECTS, other credits and hours"),
        boolean("workload_unit_known", "the workload is stated in credits or hours, not only in days or sessions"),
        boolean("durations_without_months", "no duration is written in months or years; NULL: no hours stated"),
        number("longest_stated_hours", "the longest of all hours and durations"),
        boolean("credits_without_ects_stated", "credits are stated, but not as ECTS"),
        boolean("credit_framework_stated", "the framework of those credits is named"),
        boolean("hours_are_total_workload", "hours are known to be 60-minute hours of total workload"),
        number("hours_per_ects", "hours per ECTS credit"),
        number("credits", "credits other than ECTS"),
        *SIZE_FACTS,
        number("share_by_which_parts_differ", "hours by which the parts differ from the whole, as a share of it"),
        number("hours_per_day_of_activity", "hours of workload per calendar day of the learning activity"),
        number("outcomes_per_ects", "outcomes per ECTS credit, from three outcomes and one credit on"),
        boolean("size_is_stated_in_credits", "credits stand beside the hours, or alone"),
        boolean("ects_in_halves", "the ECTS credits are whole or half"),
        boolean("ects_as_usual_for_title", "the ECTS credits are those that most awards of the title state"),
        boolean("issuer_and_awarding_body_stated", "both are stated"),
        boolean("issuer_awards_or_has_mandate", "the issuer is an awarding body, or a mandate is stated"),
        boolean("awarding_body_beside_provider", "an awarding body other than the provider is named"),
        boolean("joint_award_is_covered_for_each", "several countries, types or agencies where several bodies award"),
        boolean("external_quality_assurance_claimed", "an accreditation, licence or label is stated by its type"),
        boolean("quality_assurance_can_be_traced", "the body, the number or the address behind it is stated"),
        boolean("quality_assurance_fits_its_object", "no programme decision on an organisation, nor the reverse"),
        boolean("supervision_on_list", "supervision is on the list, or labelled in a credential file"),
        number("ects_assessed_online_unwatched", "ECTS assessed online, unsupervised, without identity check; else 0"),
        number("ects_assessed_online_unsaid", "ECTS assessed online with nothing said of supervision; else 0"),
        boolean("grade_can_be_compared", "the grade is a figure, and its scheme states range, direction, pass mark"),
        boolean("grade_lies_on_its_scale", "the figure lies within the range of its scheme"),
        boolean("grade_is_a_pass", "the figure reaches the pass mark of its scheme"),
        boolean("grade_is_figure_or_letter", "the grade is a figure or a letter, not a word or a share"),
        boolean("grading_scheme_stated", "the scheme of the grade is stated"),
        boolean("assessment_code_is_more_than_attendance", "the code of attendance is not the only assessment"),
        boolean("assessment_is_more_than_attendance", "attendance, by code or by phrase, is not the only assessment"),
        boolean("assessment_words_name_an_assessment", "the words about assessment go beyond attendance"),
        count("days_from_assessment_to_issue", "whole days; negative: assessed after issue"),
        boolean("credential_id_stated", "the award has an identifier of any kind"),
        boolean("credential_is_json", "the credential is a JSON document"),
        boolean("credential_id_is_uri", "its identifier is a URI"),
        count("awards_under_this_id", "different awards that carry its identifier, up to this one in order of place"),
        Column("id_first_used_at", "VARCHAR", "the place of the first other award under its identifier"),
        count("days_outside_period", "whole days from the reporting period to issue or award, 0 within; NULL: to come"),
        count("days_issued_after_audit", "whole days from the audit date to the issue date"),
        count(
            "days_from_completion_to_issue", "whole days from assessment, else from the end of the learning; past only"
        ),
        count("days_from_activity_end_to_issue", "whole days; negative: issued while the learning went on; past only"),
        count("days_from_issue_to_expiry", "whole days; negative: expired before issue"),
        boolean("birth_date_stated", "a readable birth date is stated"),
        number("age_at_issue", "years from birth to issue, at most to the audit"),
        boolean("valid_from_stated", "a first day of validity is stated"),
        count("days_from_activity_start_to_valid_from", "whole days; negative: valid before the learning began"),
        count("days_from_issue_to_valid_from", "whole days; negative: valid before issue"),
        boolean("dates_fall_on_the_day_meant", "no date-time is a midnight shifted by a time zone"),
        boolean("external_quality_assurance_to_look_up", "one is claimed, or a register holds a decision"),
        boolean("national_and_eqf_level_stated", "both are stated"),
        *REGISTER_FACTS_OF_CREDENTIALS,
        *BESIDE_OFFER_FACTS,
    ),
    "offer_facts": (*_KEYS, *OFFER_FACTS),
    "provider_facts": (*_KEYS, *PROVIDER_FACTS),
    "submission_facts": (
        *_KEYS,
        boolean("columns_are_complete", "no mandatory element lacks both a column and a declaration"),
        Column("columns_absent", "VARCHAR", "the elements that lack both, joined by ', '"),
        count("credentials_missing_of_declared_total", "declared minus handed in"),
        boolean("awards_handed_in_stated", "said whether all awards of the period are handed in or a selection"),
        boolean("tables_state_hours", "a table states hours of learning"),
        boolean("learner_data_are_pseudonymised", "learner data are declared as pseudonymised"),
        count("records_that_name_learners", "credentials with a learner's name, e-mail address or national number"),
        count("learner_names", "credentials with a name"),
        count("learner_email_addresses", "credentials with an e-mail address"),
        count("national_numbers", "credentials with a national number"),
        boolean("hours_basis_known", "the submission says what its hours are"),
        count("awards_that_share_one_grade", "graded awards where all have the same grade, else 0"),
        count("names_of_one_identifier", "the most names one identifier of an awarding body has"),
        count("identifiers_of_one_name", "the most identifiers of one kind that one awarding body has"),
        Column("awarding_bodies_listed", "VARCHAR", "those names, and for several identifiers their kind"),
        number("share_of_the_least_stated_element", "records that state it, of those that should, 0 to 1"),
        Column("least_stated_element", "VARCHAR", "the mandatory element that is stated most seldom"),
        boolean("completion_reported", "entrants and completions are known; NULL: the data have no place for them"),
        count("entrants", "people who entered, as declared, else added up over the offers"),
        count("completions", "people who completed, as declared, else added up over the offers"),
        number("share_who_completed", "completions by entrants"),
        number("share_of_entrants_awarded", "awards handed in by entrants, where all awards are handed in"),
        count("entrants_where_all_completed", "entrants declared where everybody completed, else 0"),
        number("share_who_completed_at_most", "upper end of the 95 % interval of the share declared; NULL: own pace"),
        *AWARD_FORM,
        boolean("groups_reported_stated", "it is said whose participation is counted; NULL: no place for it"),
        count("offers_found", "learning offers read"),
        count("credentials_found", "credentials read"),
        count("declared_total", "credentials declared"),
        *REGISTER_FACTS_OF_SUBMISSIONS,
    ),
}


SHOWN_ONLY = {
    "credential_facts": (
        "id_first_used_at",
        "same_award_first_at",
        "elements_missing_for_recognition",
        "elements_unlike_offer",
        "offered_otherwise",
        *WORDS_OF_CREDENTIALS,
    ),
    "offer_facts": ("elements_missing", "timetable_missing", "nearest_offer", "award_form", "lower_whole"),
    "provider_facts": ("indicators_missing",),
    "submission_facts": ("awarding_bodies_listed", "award_form", *WORDS_OF_SUBMISSIONS),
}
"""Facts in words, places and names of records: shown by findings, never written out with the facts."""


def derive_facts(connection: duckdb.DuckDBPyConnection, as_of: date, vocabularies: Sequence[Path] = ()) -> None:
    """Create the tables of facts from the canonical tables.

    ``as_of`` is the day the audit is made for: future dates are future from there. ``vocabularies`` are folders
    of word lists, of which an earlier one wins; without them facts that read words say nothing.
    """
    connection.execute("CREATE OR REPLACE TABLE run AS SELECT CAST(? AS DATE) AS as_of", [as_of.isoformat()])
    connection.execute(_HOURS_OF)
    load_word_lists(connection, vocabularies)
    load_vat_number_formats(connection, vocabularies)
    derive_register_facts(connection)
    derive_pathways(connection)
    for name in _STATEMENTS:
        connection.execute((files("qa_toolkit.records") / name).read_text(encoding="utf-8"))


_STATEMENTS = (
    "texts_read.sql",
    "offer_of_award.sql",
    "issued_otherwise.sql",
    "offer_facts.sql",
    "provider_facts.sql",
    "facts.sql",
)
"""In this order: an award has facts of its offer and an offer of its awards; a submission adds up over its offers."""


_HOURS_OF = """
CREATE OR REPLACE MACRO hours_of(duration) AS
    CASE WHEN regexp_matches(duration, '^P') AND NOT regexp_matches(duration, '^P[^T]*[0-9][MY]') THEN
        coalesce(try_cast(regexp_extract(duration, '([0-9.]+)W', 1) AS DOUBLE), 0) * 168
      + coalesce(try_cast(regexp_extract(duration, '([0-9.]+)D', 1) AS DOUBLE), 0) * 24
      + coalesce(try_cast(regexp_extract(duration, '([0-9.]+)H', 1) AS DOUBLE), 0)
      + coalesce(try_cast(regexp_extract(duration, '([0-9.]+)M', 1) AS DOUBLE), 0) / 60
    END
"""
