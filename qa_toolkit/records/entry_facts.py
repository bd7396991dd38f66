"""The facts of offers, of provider profiles, and of awards beside their offer: what they are called, what they mean.

The SQL lies in ``offer_facts.sql`` and ``provider_facts.sql``; which offer stands behind an award in
``offer_of_award.sql``, what was issued otherwise in ``issued_otherwise.sql``.
"""

from qa_toolkit.records.fact_columns import boolean, count, number
from qa_toolkit.records.tables import OFFER_ELEMENTS, Column

AWARD_FORM: tuple[Column, ...] = (
    boolean("award_form_is_open", "learners get the award in an open, machine-readable form; NULL: not on the list"),
    boolean("award_form_on_list", "that form is on the list; NULL: not stated"),
    Column("award_form", "VARCHAR", "that form, as found"),
)
"""What is said of the form of the award, by an offer or once for a submission."""
SIZE_FACTS: tuple[Column, ...] = (
    boolean("size_is_stated_in_ects", "the size is stated in ECTS credits"),
    boolean("size_is_known_in_hours", "hours are stated and known to be the whole workload in hours of 60 minutes"),
    boolean("size_is_known_in_hours_alone", "such hours are stated, and no credits"),
    boolean("size_is_stated_in_other_credits", "the size is stated in credits other than ECTS"),
    boolean("credits_are_ecvet", "those credits are called ECVET"),
    boolean("credits_are_of_new_zealand", "those credits are named after the New Zealand framework"),
)
"""In which unit the size is stated: of awards and of offers alike."""

OFFER_FACTS: tuple[Column, ...] = (
    *(boolean(f"{element}_stated", f"{element} is stated; NULL: could not be seen") for element in OFFER_ELEMENTS),
    boolean("level_stated_where_expected", "level is stated; NULL where none is and none is asked for"),
    count("first_elements_missing", "of title, awarding body, outcomes, assessment and quality assurance"),
    count("other_elements_missing", "of country, workload, level and participation"),
    count("elements_stated_of_ten", "of the ten elements a catalogue states, prerequisites included"),
    Column("elements_missing", "VARCHAR", "which of the ten are not stated, joined by ', '"),
    boolean("open_to_public", "the offer is not closed to a company's own people"),
    boolean("provider_is_higher_education", "the provider declared itself a higher education institution"),
    boolean(
        "provider_is_not_higher_education", "the provider is not declared as one of vocational education and training"
    ),
    boolean("still_offered", "the offer was not withdrawn before the audit"),
    boolean("self_paced", "learners start and finish when they like; NULL: not said"),
    boolean("url_stated", "an address at which it is published is stated"),
    boolean("url_can_be_opened", "that address is whole; one without http:// counts"),
    boolean("contact_stated", "somebody to ask is stated"),
    boolean("price_stated", "a price is stated; 'free' is one"),
    boolean("language_stated", "the language of instruction is stated"),
    boolean("dates_stated", "a first day is stated, or that learners start when they like"),
    boolean("duration_stated", "a duration, a first and a last day, or hours of work are stated"),
    boolean("language_dates_and_duration_stated", "all three are stated"),
    Column("timetable_missing", "VARCHAR", "which of the three are not stated, joined by ', '"),
    boolean("target_group_stated", "a target group is named"),
    boolean("entry_level_stated", "an entry level, or what one needs to enter, is stated"),
    count("days_since_need_evidence", "whole days from the evidence of need to the audit"),
    count("days_since_content_update", "whole days from the last update of the content to the audit"),
    boolean("accessibility_stated", "something is said of access and support"),
    boolean("more_than_one_way_to_take_part", "several forms, an alternative, or one's own pace"),
    boolean("field_is_among_those_of_the_provider", "a field of study lies within one of the profile's, or holds one"),
    number("share_of_words_with_nearest_offer", "words of the outcomes that an earlier offer has too; 0: under 0.8"),
    Column("nearest_offer", "VARCHAR", "title and place of that offer"),
    boolean(
        "stackability_is_no_bare_claim", "what it builds towards is named, or is more than the bare claim of the list"
    ),
    boolean("nothing_is_promised_for_others", "no promise of the word list in stackability or further information"),
    *AWARD_FORM,
    boolean("assessment_criteria_stated", "criteria of assessment, or where they can be read, are stated"),
    number("sum_of_assessment_weights", "per cent; NULL where a part has no weight"),
    count("outcomes_not_assessed", "outcomes that no part of the assessment covers; NULL where no part names any"),
    number("ects", "ECTS credits"),
    number("credits", "credits other than ECTS"),
    number("workload_hours", "hours"),
    *SIZE_FACTS,
    boolean("provider_is_vet", "the provider declared itself one of vocational education and training"),
    boolean("provider_is_not_vet", "the provider is not declared as one of vocational education and training"),
    number("share_of_contact_hours", "contact hours by all hours"),
    boolean("national_register_id_stated", "its number in a national register is stated"),
    boolean("offered_already", "it was awarded already, or is not published later than the audit"),
    boolean("approval_stated", "a day or a body of approval is stated"),
    count("days_from_approval_to_first_award", "whole days to the first award handed in; negative: awarded before"),
    count("days_from_approval_to_publication", "whole days; negative: published before approval"),
    count("days_from_publication_to_withdrawal", "whole days; negative: withdrawn before it was published"),
    count("days_without_review", "whole days from the last review, else from first award or publication, to the audit"),
    count("days_since_publication", "whole days from publication to the audit"),
    count("days_since_entry_update", "whole days from the last change of the entry to the audit"),
    boolean("is_part_of_itself", "its parts, or their parts, hold it again; NULL: it is in no pathway"),
    number("ects_of_parts_above_whole", "ECTS of its parts minus its own; NULL unless all parts have to be taken"),
    number("eqf_levels_above_whole", "its EQF level minus that of the lowest whole it is a part of"),
    Column("lower_whole", "VARCHAR", "title and level of that whole"),
    count("awards", "awards of the offer that were handed in: by identifier, else by title"),
    count("days_since_last_award", "whole days from the last award handed in to the audit"),
    count(
        "days_without_award", "whole days from publication or last award to the audit; NULL: awards are not all seen"
    ),
    number("share_of_awards_on_busiest_day", "0 to 1, of 30 awards or more; NULL unless learners set their own pace"),
    count("awards_on_busiest_day", "awards issued on the day with the most"),
    Column("busiest_day", "VARCHAR", "that day, the earlier of two"),
    count("entrants", "people who entered in the period"),
    count("completions", "people who completed in the period"),
    number("share_who_completed", "completions by entrants"),
    count("entrants_where_all_completed", "entrants where everybody completed, else 0"),
    number("share_who_completed_at_most", "upper end of the 95 % interval of that share; NULL: own pace"),
    boolean("learners_are_asked", "learners are asked for their view, or have answered"),
    count("completions_without_feedback", "people who completed, else awards, where nobody is asked; 0: they are"),
    number("share_who_answered", "answers by completions"),
)

BESIDE_OFFER_FACTS: tuple[Column, ...] = (
    boolean("offer_found_by_identifier", "or by title; NULL: no one offer stands behind the award"),
    boolean("offer_is_held", "the catalogue holds its offer, or several it may be; NULL: it cannot be told"),
    boolean("offer_holds_for_the_day", "an entry of that offer holds for the day of issue"),
    count("figures_unlike_offer", "of ECTS and level those that differ from the offer; NULL: none can be compared"),
    count("words_unlike_offer", "of title, outcomes, assessment, other credits and hours those that differ"),
    Column("elements_unlike_offer", "VARCHAR", "which of all these differ, joined by ', '"),
    Column("offered_otherwise", "VARCHAR", "the values that were offered in their place"),
)

PROVIDER_FACTS: tuple[Column, ...] = (
    boolean("provider_is_higher_education", "the provider is a higher education institution; NULL: not said"),
    boolean("provider_is_vet", "the provider is one of vocational education and training; NULL: not said"),
    boolean("legal_identifier_stated", "a legal or register identifier of any kind is stated"),
    boolean("vat_number_of_the_union_stated", "a VAT number of an EU country or Northern Ireland is stated"),
    boolean("vat_number_well_formed", "it is written as its country writes them"),
    boolean("recognition_policy_stated", "it is said where one reads how credentials of others are treated"),
    boolean("others_credentials_can_count", "anybody is admitted or exempted because of a credential"),
    boolean("quality_policy_stated", "a quality policy is named"),
    boolean("complaints_procedure_stated", "a procedure for complaints and appeals is named"),
    boolean("validation_procedure_stated", "a procedure for validation of prior learning is named"),
    boolean("final_level_guarantor_stated", "it is said who answers for the final level"),
    count("days_since_external_review", "whole days from the last review from outside, where no next one is announced"),
    boolean("external_review_stated", "the day of a review from outside is stated"),
    count("days_since_next_review_was_due", "whole days; negative: it is still to come"),
    boolean("certificate_stated", "a management standard is stated for which it is certified"),
    count("days_since_certificate_ended", "whole days; negative: it is still valid"),
    count("awards_after_certificate_ended", "awards issued after its last day of validity"),
    boolean("certificate_scope_stated", "it is said what the certificate covers"),
    boolean("certificate_standard_is_current", "no edition of the list of replaced ones is named"),
    boolean("holders_followed_stated", "something is said of what became of holders"),
    count("indicators_not_reported", "of the EQAVET indicators 3, 4, 5, 6 and 8, those neither named nor handed in"),
    Column("indicators_missing", "VARCHAR", "which of them, joined by ', '"),
)
