"""The facts of offers and of provider profiles: what they are called and what they mean.

The SQL lies in ``offer_facts.sql`` and ``provider_facts.sql``.
"""

from qa_toolkit.records.tables import OFFER_ELEMENTS, Column


def _boolean(name: str, what: str) -> Column:
    return Column(name, "BOOLEAN", what)


def _count(name: str, what: str) -> Column:
    return Column(name, "INTEGER", what)


def _number(name: str, what: str) -> Column:
    return Column(name, "DOUBLE", what)


OFFER_FACTS: tuple[Column, ...] = (
    *(_boolean(f"{element}_stated", f"{element} is stated; NULL: could not be seen") for element in OFFER_ELEMENTS),
    _boolean("level_stated_where_expected", "level is stated; NULL where none is and none is asked for"),
    _count("first_elements_missing", "of title, awarding body, outcomes, assessment and quality assurance"),
    _count("other_elements_missing", "of country, workload, level and participation"),
    _count("elements_stated_of_ten", "of the ten elements a catalogue states, prerequisites included"),
    Column("elements_missing", "VARCHAR", "which of the ten are not stated, joined by ', '"),
    _boolean("open_to_public", "the offer is not closed to a company's own people"),
    _boolean("provider_is_higher_education", "the provider declared itself a higher education institution"),
    _boolean("provider_is_not_higher_education", "it declared another type, or none"),
    _boolean("still_offered", "the offer was not withdrawn before the audit"),
    _boolean("self_paced", "learners start and finish when they like; NULL: not said"),
    _boolean("url_stated", "an address at which it is published is stated"),
    _boolean("url_can_be_opened", "that address is whole; one without http:// counts"),
    _boolean("contact_stated", "somebody to ask is stated"),
    _boolean("price_stated", "a price is stated; 'free' is one"),
    _boolean("language_stated", "the language of instruction is stated"),
    _boolean("dates_stated", "a first day is stated, or that learners start when they like"),
    _boolean("duration_stated", "a duration, a first and a last day, or hours of work are stated"),
    _boolean("language_dates_and_duration_stated", "all three are stated"),
    Column("timetable_missing", "VARCHAR", "which of the three are not stated, joined by ', '"),
    _boolean("target_group_stated", "a target group is named"),
    _boolean("entry_level_stated", "an entry level, or what one needs to enter, is stated"),
    _count("days_since_need_evidence", "whole days from the evidence of need to the audit"),
    _count("days_since_content_update", "whole days from the last update of the content to the audit"),
    _boolean("accessibility_stated", "something is said of access and support"),
    _boolean("more_than_one_way_to_take_part", "several forms, an alternative, or one's own pace"),
    _boolean("assessment_criteria_stated", "criteria of assessment, or where they can be read, are stated"),
    _number("sum_of_assessment_weights", "per cent; NULL where a part has no weight"),
    _count("outcomes_not_assessed", "outcomes that no part of the assessment covers; NULL where no part names any"),
    _boolean("approval_stated", "a day of approval is stated"),
    _count("days_from_approval_to_first_use", "whole days to the first award, else to publication; negative: before"),
    _count("days_from_approval_to_publication", "whole days; negative: published before approval"),
    _count("days_from_publication_to_withdrawal", "whole days; negative: withdrawn before it was published"),
    _count("days_since_review", "whole days from the last review to the audit"),
    _boolean("review_stated", "a day of review is stated"),
    _count("days_since_first_award", "whole days from the first award handed in to the audit"),
    _count("days_since_publication", "whole days from publication to the audit"),
    _count("days_since_entry_update", "whole days from the last change of the entry to the audit"),
    _count("awards", "awards of the offer that were handed in: by identifier, else by title"),
    _count("entrants", "people who entered in the period"),
    _count("completions", "people who completed in the period"),
    _number("share_who_completed", "completions by entrants"),
    _boolean("feedback_collected", "learners are asked for their view, or have answered"),
    _number("share_who_answered", "answers by completions"),
)

PROVIDER_FACTS: tuple[Column, ...] = (
    _boolean("provider_is_higher_education", "the provider is a higher education institution; NULL: not said"),
    _boolean("provider_is_vet", "the provider is one of vocational education and training; NULL: not said"),
    _boolean("legal_identifier_stated", "a legal or register identifier of any kind is stated"),
    _boolean("vat_number_of_the_union_stated", "a VAT number of an EU country or Northern Ireland is stated"),
    _boolean("vat_number_well_formed", "it is written as its country writes them"),
    _boolean("recognition_policy_stated", "it is said where one reads how credentials of others are treated"),
    _boolean("others_credentials_can_count", "anybody is admitted or exempted because of a credential"),
    _boolean("quality_policy_stated", "a quality policy is named"),
    _boolean("complaints_procedure_stated", "a procedure for complaints and appeals is named"),
    _boolean("validation_procedure_stated", "a procedure for validation of prior learning is named"),
    _boolean("final_level_guarantor_stated", "it is said who answers for the final level"),
    _count("days_since_external_review", "whole days from the last review from outside to the audit"),
    _boolean("external_review_stated", "a review from outside is stated, readable or not"),
    _count("days_since_next_review_was_due", "whole days; negative: it is still to come"),
    _boolean("certificate_stated", "a management standard is stated for which it is certified"),
    _count("days_since_certificate_ended", "whole days; negative: it is still valid"),
    _count("awards_after_certificate_ended", "awards issued after its last day of validity"),
    _boolean("certificate_scope_stated", "it is said what the certificate covers"),
    _boolean("holders_followed_stated", "something is said of what became of holders"),
    _count("indicators_reported", "EQAVET indicators reported"),
)
