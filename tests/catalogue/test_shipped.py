"""The shipped checks against an independent list of what they must be."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from qa_toolkit.catalogue.coverage import framework_coverage
from qa_toolkit.catalogue.lint import lint
from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import PRINCIPLES, Catalogue, Check, Criterion, Mode
from qa_toolkit.records.tables import CREDENTIALS
from tests.conftest import ROOT

# criterion: weight, mode, checks, questions
CRITERIA: dict[str, tuple[float, str, str, str]] = {
    "1.1": (2, "A", "EL-11 VAL-11 QUA-10 QUA-24 QUA-22", ""),
    "1.2": (2, "P", "QUA-01 QUA-02 QUA-03 QUA-04 QUA-05 QUA-06 QUA-07 QUA-08 QUA-19 QUA-21", "Q1.2"),
    "1.3": (2, "P", "QUA-12 QUA-13", "Q1.3a Q1.3b Q1.3c"),
    "1.4": (1, "P", "QUA-15 QUA-25", "Q1.4"),
    "1.5": (1, "H", "", "Q1.5"),
    "2.1": (
        3,
        "P",
        "EL-02 EL-06 LO-01 LO-02 LO-03 LO-04 LO-05 LO-06 SIZ-10 SIZ-11 SIZ-12 VAL-15 VAL-20 VAL-12 LO-07",
        "Q2.1",
    ),
    "2.2": (
        2,
        "A",
        "EL-07 VAL-05 VAL-06 VAL-07 SIZ-01 SIZ-02 SIZ-03 SIZ-04 SIZ-05 SIZ-09 SIZ-14 SIZ-06 SIZ-07 SIZ-13",
        "",
    ),
    "2.3": (2, "A", "EL-08 VAL-01 VAL-02 VAL-03 SIZ-15 VAL-04", "Q2.3"),
    "2.4": (1, "A", "EL-10 VAL-09 VAL-13 VAL-14 VAL-18", ""),
    "2.5": (2, "A", "EL-19 EL-16", ""),
    "3.1": (2, "P", "REL-03", "Q3.1"),
    "3.2": (1, "P", "REL-01 REL-07 REL-08 REL-06", ""),
    "3.3": (1, "P", "REL-05", "Q3.3"),
    "3.4": (1, "H", "REL-09", "Q3.4"),
    "4.1": (3, "A", "EL-09 ASM-01 VAL-08", ""),
    "4.2": (2, "P", "ASM-03 ASM-05 ASM-04", "Q4.2"),
    "4.3": (1, "A", "ASM-06 ASM-08 EL-14 ASM-07 ASM-12 ASM-13", ""),
    "4.4": (1, "P", "EL-13 VAL-10 ASM-09 ASM-10", "Q4.4"),
    "4.5": (1, "H", "", "Q4.5"),
    "5.1": (2, "P", "EL-15 PTH-01 PTH-02 PTH-03 PTH-04", ""),
    "5.2": (1, "P", "PTH-05 EL-12", ""),
    "5.3": (1, "P", "PTH-06", "Q5.3"),
    "5.4": (1, "H", "", "Q5.4"),
    "6.1": (1, "P", "REC-01", "Q6.1"),
    "6.2": (2, "P", "REC-02", "Q6.2"),
    "6.3": (1, "P", "REC-03 REC-04 REC-05", ""),
    "6.4": (1, "H", "", "Q6.4"),
    "7.1": (2, "P", "POR-01", "Q7.1"),
    "7.2": (2, "A", "VAL-16 POR-03 POR-05", ""),
    "7.3": (1, "A", "POR-08 POR-09", ""),
    "7.4": (1, "P", "POR-06 POR-10", "Q7.4"),
    "8.1": (1, "P", "LCD-01 LCD-07", "Q8.1"),
    "8.2": (1, "H", "", "Q8.2"),
    "8.3": (1, "P", "LCD-04", "Q8.3"),
    "8.4": (1, "P", "LCD-05 LCD-06", "Q8.4"),
    "9.1": (2, "A", "EL-01 AUT-01 AUT-13", ""),
    "9.2": (2, "A", "EL-04 AUT-02 AUT-11 AUT-12 AUT-16 VAL-19", ""),
    "9.3": (2, "A", "EL-05 EL-03 AUT-04 AUT-05 AUT-06 AUT-07 VAL-17 AUT-03", ""),
    "9.4": (2, "A", "AUT-08 AUT-09 AUT-10 AUT-17", ""),
    "9.5": (1, "P", "AUT-14 AUT-15", "Q9.5"),
    "10.1": (1, "P", "INF-01 INF-08", ""),
    "10.2": (1, "A", "INF-02 INF-04 INF-03", ""),
    "10.3": (2, "P", "INF-06 INF-07 INF-05 INF-09", ""),
    "10.4": (1, "H", "", "Q10.4"),
}
MODES = {"A": Mode.AUTOMATED, "P": Mode.PARTIAL, "H": Mode.HUMAN}

QUESTION_WEIGHTS = dict.fromkeys(
    "Q1.2 Q1.3a Q1.5 Q2.1 Q3.1 Q4.2 Q4.4 Q4.5 Q5.3 Q6.2 Q7.1 Q7.4 Q8.2 Q8.3 Q8.4 Q10.4".split(), 4
) | dict.fromkeys("Q1.3b Q1.3c Q1.4 Q2.3 Q3.3 Q3.4 Q5.4 Q6.1 Q6.4 Q8.1 Q9.5".split(), 2)
CORE = set("Q1.2 Q1.3a Q1.5 Q2.1 Q3.1 Q4.2 Q4.5 Q6.2 Q7.1 Q8.2 Q8.3 Q10.4".split())

# check: its cases as role, severity, fact, condition; worst first
OUTCOMES: dict[str, tuple[str, ...]] = {
    "EL-01": ("scores blocker learner_stated",),
    "EL-02": ("scores blocker title_stated",),
    "EL-03": ("missing: scores major country_stated", "unrecognised: asks minor country_recognised"),
    "EL-04": ("scores blocker awarding_body_stated",),
    "EL-05": (
        "unreadable: scores blocker issued_stated if issue_date_is_written",
        "missing: scores blocker issued_stated if not_draft",
    ),
    "EL-06": ("scores blocker learning_outcomes_stated",),
    "EL-07": ("scores major workload_stated",),
    "EL-08": (
        "higher_education: scores major level_stated if provider_is_higher_education",
        "other: asks minor level_stated if provider_is_not_higher_education",
    ),
    "EL-09": ("scores blocker assessment_type_stated",),
    "EL-10": ("scores major participation_stated if learning_activity_expected",),
    "EL-11": ("scores blocker quality_assurance_stated",),
    "EL-12": ("informs prerequisites_stated",),
    "EL-13": ("informs supervision_stated",),
    "EL-14": ("informs grade_stated",),
    "EL-15": ("informs stackability_stated",),
    "EL-16": ("informs further_information_stated",),
    "EL-19": ("ground: scores blocker first_elements_missing", "other: scores major other_elements_missing"),
    "INF-01": (
        "no_address: scores major url_stated if open_to_public",
        "not_whole: asks minor url_can_be_opened if open_to_public",
    ),
    "INF-02": ("scores minor contact_stated if open_to_public",),
    "INF-03": ("informs price_stated if open_to_public",),
    "INF-04": ("scores minor language_dates_and_duration_stated",),
    "PTH-05": ("asks minor prerequisites_stated",),
    "AUT-02": ("scores major legal_identifier_stated",),
    "VAL-19": ("asks minor vat_number_well_formed if vat_number_of_the_union_stated",),
    "INF-05": (
        "not_held: asks minor offer_is_held if learning_activity_expected",
        "not_on_the_day: asks minor offer_holds_for_the_day if learning_activity_expected",
    ),
    "INF-06": ("size_or_level: scores major figures_unlike_offer", "words: asks minor words_unlike_offer"),
    "INF-07": (
        "before_approval: scores minor days_from_approval_to_publication",
        "after_withdrawal: scores minor days_from_publication_to_withdrawal",
    ),
    "INF-08": ("scores minor national_register_id_stated if open_to_public",),
    "INF-09": ("asks minor days_since_entry_update if still_offered",),
    "ASM-03": ("scores major outcomes_not_assessed",),
    "PTH-02": (
        "circle: scores minor is_part_of_itself",
        "more_than_the_whole: asks minor ects_of_parts_above_whole",
    ),
    "PTH-03": ("asks minor eqf_levels_above_whole",),
    "REL-06": ("informs days_without_award if still_offered",),
    "AUT-15": ("asks minor share_of_awards_on_busiest_day",),
    "REL-01": ("scores minor target_group_stated",),
    "REL-03": ("asks minor days_since_need_evidence if still_offered",),
    "REL-05": ("asks minor days_since_content_update if still_offered",),
    "REL-07": ("asks minor field_is_among_those_of_the_provider",),
    "REL-08": ("asks minor share_of_words_with_nearest_offer",),
    "ASM-04": ("scores minor sum_of_assessment_weights",),
    "ASM-05": ("scores major assessment_criteria_stated",),
    "LCD-01": ("scores minor entry_level_stated",),
    "LCD-05": ("scores minor accessibility_stated",),
    "LCD-07": ("informs more_than_one_way_to_take_part",),
    "QUA-12": (
        "not_recorded: scores minor approval_stated if offered_already",
        "late: scores minor days_from_approval_to_first_award if offered_already",
    ),
    "QUA-13": ("scores minor days_without_review if still_offered",),
    "QUA-15": ("not_asked: scores minor completions_without_feedback", "few_answers: informs share_who_answered"),
    "QUA-19": (
        "overdue: asks minor days_since_next_review_was_due if provider_is_higher_education",
        "long_ago: asks minor days_since_external_review if provider_is_higher_education",
    ),
    "QUA-21": (
        "awarded_afterwards: asks minor awards_after_certificate_ended if certificate_stated",
        "ended: asks minor days_since_certificate_ended if certificate_stated",
        "scope_not_said: asks minor certificate_scope_stated if certificate_stated",
        "edition_replaced: informs certificate_standard_is_current if certificate_stated",
    ),
    "QUA-25": ("informs indicators_not_reported if provider_is_vet",),
    "REL-09": ("informs holders_followed_stated",),
    "LCD-04": ("informs completion_reported",),
    "LCD-06": ("informs groups_reported_stated",),
    "REC-02": ("scores major recognition_policy_stated if others_credentials_can_count",),
    "EL-20": ("informs columns_are_complete",),
    "DAT-05": ("informs credentials_missing_of_declared_total",),
    "DAT-09": ("informs stale_registers",),
    "DAT-11": ("informs awards_handed_in_stated",),
    "VAL-03": ("scores major national_level_fits_eqf_level if national_and_eqf_level_stated",),
    "QUA-02": (
        "ended: scores blocker validity_on_issue_date if external_quality_assurance_to_look_up",
        "pending: asks major validity_on_issue_date if external_quality_assurance_to_look_up",
        "appealed: asks major validity_on_issue_date if external_quality_assurance_to_look_up",
        "withdrawn: asks major validity_on_issue_date if external_quality_assurance_to_look_up",
        "between_decisions: asks major validity_on_issue_date if external_quality_assurance_to_look_up",
        "past_six_years: asks minor validity_on_issue_date if external_quality_assurance_to_look_up",
        "not_begun: asks minor validity_on_issue_date if external_quality_assurance_to_look_up",
    ),
    "QUA-03": (
        "negative: scores blocker decision_on_issue_date if decision_is_known",
        "negative_in_doubt: asks major decision_on_issue_date if decision_is_known",
    ),
    "QUA-04": ("asks major awards_under_unmet_conditions",),
    "QUA-05": ("informs agencies_not_registered",),
    "QUA-06": ("asks major level_covered_by_decision if decision_is_known",),
    "QUA-07": ("asks minor field_covered_by_decision if decision_is_known",),
    "QUA-08": ("asks major body_covered_by_decision",),
    "QUA-22": ("informs share_of_awards_covered",),
    "REC-03": (
        "possible: asks minor awarding_body_in_registers",
        "unknown: asks minor awarding_body_in_registers if provider_is_higher_education",
    ),
    "REC-05": (
        "closed: asks major days_from_closure_to_issue",
        "name: asks minor name_in_force_on_issue_date",
    ),
    "VAL-01": (
        "not_a_number: scores major eqf_level_is_whole_number if eqf_level_stated",
        "out_of_range: scores major eqf_level if eqf_level_stated",
    ),
    "VAL-02": ("scores major eqf_levels_above_cycle if cycle_and_eqf_level_stated",),
    "VAL-05": (
        "unreadable: scores major workload_readable",
        "not_positive: scores major smallest_workload_figure",
        "other_unit: asks minor workload_unit_known",
    ),
    "VAL-06": ("months: scores major durations_without_months", "too_long: scores major longest_stated_hours"),
    "VAL-07": ("scores major credit_framework_stated if credits_without_ects_stated",),
    "SIZ-02": ("scores major hours_per_ects if hours_are_total_workload",),
    "SIZ-01": ("asks minor ects",),
    "SIZ-09": ("asks minor size_is_stated_in_credits if provider_is_higher_education",),
    "SIZ-14": ("asks minor hours_basis_known if tables_state_hours",),
    "SIZ-15": ("asks minor awarding_body_beside_provider if higher_education_terms_of_another_provider",),
    "SIZ-10": ("asks minor title_names_no_award_type",),
    "LO-02": ("asks minor outcomes_that_say_an_ability",),
    "LO-04": ("scores minor outcomes_say_more_than_title",),
    "VAL-13": ("scores minor longest_isced_f_code if field_of_education_stated",),
    "VAL-20": ("asks minor nothing_is_stated_otherwise",),
    "ASM-06": ("informs grading_scheme_stated if grade_is_figure_or_letter",),
    "PTH-01": (
        "scores minor stackability_is_no_bare_claim at credentials",
        "scores minor stackability_is_no_bare_claim at offers",
    ),
    "PTH-04": (
        "asks minor nothing_is_promised_for_others at credentials",
        "asks minor nothing_is_promised_for_others at offers",
    ),
    "POR-01": (
        "closed: scores major award_form_is_open at offers",
        "closed: scores major award_form_is_open at submissions",
        "not_on_list: asks minor award_form_on_list at offers",
        "not_on_list: asks minor award_form_on_list at submissions",
    ),
    "ASM-12": (
        "everybody: asks minor entrants_where_all_completed at offers",
        "everybody: asks minor entrants_where_all_completed at submissions",
        "few: asks minor share_who_completed_at_most at offers",
        "few: asks minor share_who_completed_at_most at submissions",
    ),
    "POR-06": ("asks minor kinds_of_further_personal_data",),
    "AUT-01": ("asks minor learner_told_apart_from_namesakes if learner_data_are_full",),
    "AUT-11": ("asks minor issuer_awards_or_has_mandate if issuer_and_awarding_body_stated",),
    "AUT-14": ("asks minor same_awards_before",),
    "DAT-04": ("informs days_outside_period",),
    "VAL-08": ("asks minor assessment_type_on_list",),
    "VAL-09": ("asks minor participation_on_list if learning_activity_expected",),
    "VAL-11": ("asks minor quality_assurance_on_list",),
    "VAL-15": ("informs titles_say_their_language",),
    "SIZ-03": ("informs ects_in_halves",),
    "SIZ-11": ("asks minor ects_as_usual_for_title",),
    "SIZ-12": ("one_character: informs title_length", "capitals: informs words_of_title_in_capitals"),
    "LO-01": ("one_word: asks minor words_of_shortest_outcome", "very_long: asks minor length_of_longest_outcome"),
    "LO-03": ("asks minor outcomes_that_tell_of_teaching",),
    "LO-05": ("asks minor titles_with_these_outcomes",),
    "LO-06": ("informs outcome_count",),
    "POR-05": ("informs holder_key_stated if credential_is_json",),
    "POR-08": ("informs title_is_in_english_or_two_languages",),
    "POR-09": ("scores minor days_from_issue_to_expiry",),
    "POR-10": ("asks minor records_that_name_learners if learner_data_are_pseudonymised",),
    "AUT-05": ("asks minor days_from_activity_end_to_issue",),
    "AUT-07": ("informs days_from_completion_to_issue",),
    "AUT-13": ("asks minor age_at_issue if birth_date_stated",),
    "AUT-08": ("scores major proof_stated if is_credential_file",),
    "AUT-09": (
        "content: scores blocker content_matches_signature if is_credential_file",
        "certificate: scores major certificate_was_valid if is_credential_file",
        "signer: asks minor signer_is_issuer if is_credential_file",
    ),
    "AUT-10": ("scores blocker not_withdrawn if status_is_named",),
    "AUT-17": ("asks minor signer_is_listed if content_is_as_signed",),
    "VAL-16": (
        "missing: scores blocker credential_id_stated",
        "not_uri: informs credential_id_is_uri if credential_is_json",
    ),
    "POR-03": ("scores blocker awards_under_this_id",),
    "VAL-17": ("informs dates_fall_on_the_day_meant",),
    "ASM-01": (
        "attendance_code: scores blocker assessment_code_is_more_than_attendance",
        "attendance_phrase: scores blocker assessment_is_more_than_attendance",
        "attendance_words: asks minor assessment_words_name_an_assessment",
    ),
    "ASM-08": ("scores major days_from_assessment_to_issue if not_draft",),
    "AUT-04": ("scores major days_issued_after_audit if not_draft",),
    "AUT-06": (
        "before_activity: scores minor days_from_activity_start_to_valid_from if valid_from_stated",
        "before_issue: informs days_from_issue_to_valid_from if valid_from_stated",
    ),
    "EL-18": ("informs share_of_the_least_stated_element",),
    "QUA-01": ("scores major quality_assurance_can_be_traced if external_quality_assurance_claimed",),
    "QUA-10": ("asks minor quality_assurance_fits_its_object",),
    "QUA-24": ("asks minor frameworks_named_are_current",),
    "VAL-04": ("scores minor level_is_more_than_label",),
    "VAL-14": ("asks minor language_recognised",),
    "VAL-18": ("scores minor addresses_can_be_opened",),
    "VAL-12": ("informs esco_links_well_formed",),
    "LO-07": ("informs outcomes_linked_to_skills",),
    "SIZ-04": (
        "ects: scores major ects if size_is_stated_in_ects at credentials",
        "ects: scores major ects if size_is_stated_in_ects at offers",
        "hours: scores major workload_hours if size_is_known_in_hours at credentials",
        "hours: scores major workload_hours if size_is_known_in_hours at offers",
        "credits: scores major credits if size_is_stated_in_other_credits at credentials",
        "credits: scores major credits if size_is_stated_in_other_credits at offers",
        "ects_for_some: asks major ects if size_is_stated_in_ects at credentials",
        "ects_for_some: asks major ects if size_is_stated_in_ects at offers",
    ),
    "SIZ-05": ("scores major share_of_contact_hours if size_is_known_in_hours",),
    "SIZ-06": ("scores minor share_by_which_parts_differ",),
    "SIZ-07": ("asks minor hours_per_day_of_activity if learning_activity_expected",),
    "SIZ-13": ("asks minor outcomes_per_ects",),
    "VAL-10": ("asks minor supervision_on_list",),
    "ASM-09": ("asks minor ects_assessed_online_unwatched if provider_is_higher_education",),
    "ASM-10": ("asks minor ects_assessed_online_unsaid if provider_is_higher_education",),
    "ASM-07": (
        "off_the_scale: asks minor grade_lies_on_its_scale if grade_can_be_compared",
        "no_pass: asks minor grade_is_a_pass if grade_can_be_compared",
    ),
    "ASM-13": ("asks minor awards_that_share_one_grade",),
    "PTH-06": ("asks minor rests_on_learning_or_validation",),
    "REC-01": ("informs recognition_signals_missing",),
    "REC-04": ("asks minor joint_award_is_covered_for_each",),
    "AUT-03": ("informs place_of_issue_stated",),
    "AUT-12": ("asks minor awarding_body_beside_provider if provider_is_platform",),
    "AUT-16": (
        "several_names: asks minor names_of_one_identifier",
        "several_identifiers: asks minor identifiers_of_one_name",
    ),
}

REQUIRES = {
    "VAL-01": "EL-08",
    "VAL-02": "EL-08",
    "VAL-03": "EL-08",
    "VAL-05": "EL-07",
    "VAL-06": "EL-07",
    "SIZ-02": "EL-07",
    "POR-03": "VAL-16",
    "ASM-01": "EL-09",
    "ASM-08": "EL-09",
    "AUT-04": "EL-05",
    "SIZ-01": "EL-07",
    "SIZ-09": "EL-07",
    "SIZ-10": "EL-02",
    "LO-02": "EL-06",
    "LO-04": "EL-06",
    "AUT-01": "EL-01",
    "AUT-11": "EL-04",
    "VAL-08": "EL-09",
    "VAL-11": "EL-11",
    "VAL-15": "EL-02",
    "SIZ-03": "EL-07",
    "SIZ-11": "EL-07",
    "SIZ-12": "EL-02",
    "LO-01": "EL-06",
    "LO-03": "EL-06",
    "LO-05": "EL-06",
    "LO-06": "EL-06",
    "POR-08": "EL-02",
    "POR-09": "EL-05",
    "AUT-05": "EL-05",
    "AUT-07": "EL-05",
    "QUA-01": "EL-11",
    "QUA-10": "EL-11",
    "VAL-04": "EL-08",
    "VAL-12": "EL-06",
    "LO-07": "EL-06",
    "SIZ-04": "EL-07",
    "SIZ-05": "EL-07",
    "SIZ-06": "EL-07",
    "SIZ-07": "EL-07",
    "SIZ-13": "EL-07",
    "REC-04": "EL-04",
    "AUT-12": "EL-04",
}

# check: column -> lowest, highest value that passes
BOUNDS: dict[str, dict[str, tuple[float | None, float | None]]] = {
    "EL-19": {"first_elements_missing": (None, 0), "other_elements_missing": (None, 0)},
    "REL-03": {"days_since_need_evidence": (None, 1096)},
    "REL-05": {"days_since_content_update": (None, 1096)},
    "REL-08": {"share_of_words_with_nearest_offer": (None, 0.9)},
    "INF-06": {"figures_unlike_offer": (None, 0), "words_unlike_offer": (None, 0)},
    "INF-07": {"days_from_approval_to_publication": (0, None), "days_from_publication_to_withdrawal": (0, None)},
    "INF-09": {"days_since_entry_update": (None, 366)},
    "ASM-03": {"outcomes_not_assessed": (None, 0)},
    "PTH-02": {"ects_of_parts_above_whole": (None, 0)},
    "PTH-03": {"eqf_levels_above_whole": (None, 1)},
    "REL-06": {"days_without_award": (None, 731)},
    "AUT-15": {"share_of_awards_on_busiest_day": (None, 0.5)},
    "ASM-04": {"sum_of_assessment_weights": (99, 101)},
    "QUA-12": {"days_from_approval_to_first_award": (0, None)},
    "QUA-13": {"days_without_review": (None, 1096)},
    "QUA-15": {"completions_without_feedback": (None, 4), "share_who_answered": (0.2, None)},
    "QUA-19": {"days_since_next_review_was_due": (None, 0), "days_since_external_review": (None, 2922)},
    "QUA-21": {"awards_after_certificate_ended": (None, 0), "days_since_certificate_ended": (None, 0)},
    "QUA-25": {"indicators_not_reported": (None, 0)},
    "ASM-12": {"entrants_where_all_completed": (None, 29), "share_who_completed_at_most": (0.4, None)},
    "DAT-04": {"days_outside_period": (None, 0)},
    "SIZ-01": {"ects": (None, 60)},
    "LO-02": {"outcomes_that_say_an_ability": (1, None)},
    "VAL-13": {"longest_isced_f_code": (None, 4)},
    "POR-06": {"kinds_of_further_personal_data": (None, 0)},
    "AUT-14": {"same_awards_before": (None, 0)},
    "SIZ-12": {"title_length": (2, None), "words_of_title_in_capitals": (None, 3)},
    "LO-01": {"words_of_shortest_outcome": (2, None), "length_of_longest_outcome": (None, 700)},
    "LO-03": {"outcomes_that_tell_of_teaching": (None, 0)},
    "LO-05": {"titles_with_these_outcomes": (None, 2)},
    "LO-06": {"outcome_count": (None, 12)},
    "POR-09": {"days_from_issue_to_expiry": (0, None)},
    "POR-10": {"records_that_name_learners": (None, 0)},
    "AUT-05": {"days_from_activity_end_to_issue": (0, None)},
    "AUT-07": {"days_from_completion_to_issue": (None, 366)},
    "AUT-13": {"age_at_issue": (10, 110)},
    "DAT-05": {"credentials_missing_of_declared_total": (0, 0)},
    "DAT-09": {"stale_registers": (None, 0)},
    "QUA-04": {"awards_under_unmet_conditions": (None, 0)},
    "QUA-05": {"agencies_not_registered": (None, 0)},
    "QUA-22": {"share_of_awards_covered": (1, None)},
    "REC-05": {"days_from_closure_to_issue": (None, 0)},
    "VAL-01": {"eqf_level": (1, 8)},
    "VAL-02": {"eqf_levels_above_cycle": (0, 0)},
    "VAL-05": {"smallest_workload_figure": (0, None)},
    "VAL-06": {"longest_stated_hours": (None, 1800)},
    "SIZ-02": {"hours_per_ects": (22.5, 33)},
    "POR-03": {"awards_under_this_id": (None, 1)},
    "ASM-08": {"days_from_assessment_to_issue": (0, None)},
    "AUT-04": {"days_issued_after_audit": (None, 1)},
    "AUT-06": {"days_from_activity_start_to_valid_from": (0, None), "days_from_issue_to_valid_from": (0, None)},
    "EL-18": {"share_of_the_least_stated_element": (0.95, None)},
    "SIZ-05": {"share_of_contact_hours": (0.2, None)},
    "SIZ-06": {"share_by_which_parts_differ": (None, 0.02)},
    "SIZ-07": {"hours_per_day_of_activity": (None, 12)},
    "SIZ-13": {"outcomes_per_ects": (0.0667, 10)},
    "ASM-09": {"ects_assessed_online_unwatched": (None, 3)},
    "ASM-10": {"ects_assessed_online_unsaid": (None, 3)},
    "ASM-13": {"awards_that_share_one_grade": (None, 29)},
    "REC-01": {"recognition_signals_missing": (None, 0)},
    "AUT-16": {"names_of_one_identifier": (None, 1), "identifiers_of_one_name": (None, 1)},
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "checks")


def criteria(catalogue: Catalogue) -> dict[str, Criterion]:
    return {c.id: c for principle in catalogue.frameworks["eu-2022"].principles for c in principle.criteria}


def test_the_shipped_checks_lint_clean(catalogue: Catalogue) -> None:
    """They keep their own rules."""
    assert lint(catalogue) == ()


@pytest.mark.parametrize("criterion_id", CRITERIA)
def test_a_criterion_has_its_weight_mode_checks_and_questions(catalogue: Catalogue, criterion_id: str) -> None:
    """The framework as the method describes it."""
    weight, mode, checks, questions = CRITERIA[criterion_id]
    criterion = criteria(catalogue)[criterion_id]

    assert (criterion.weight, criterion.mode) == (weight, MODES[mode])
    assert set(criterion.checks) == set(checks.split())
    assert criterion.questions == tuple(questions.split())


def test_there_is_no_other_criterion(catalogue: Catalogue) -> None:
    """And they stand in order."""
    assert list(criteria(catalogue)) == list(CRITERIA)


def test_ten_principles_weigh_alike(catalogue: Catalogue) -> None:
    """None matters more than another."""
    principles = catalogue.frameworks["eu-2022"].principles

    assert [principle.key for principle in principles] == list(PRINCIPLES)
    assert [principle.number for principle in principles] == list(range(1, 11))
    assert {principle.weight for principle in principles} == {1}
    assert all(principle.title and principle.summary for principle in principles)


def test_every_principle_has_points_to_lose_beyond_awards(catalogue: Catalogue) -> None:
    """On offers, the profile or the submission as a whole: an agency judges providers."""
    groups = framework_coverage(catalogue.frameworks["eu-2022"], catalogue).groups

    beyond = {group.group.key: group.scoring.keys() & {"offers", "providers", "submissions"} for group in groups}

    assert [key for key, tables in beyond.items() if not tables] == []


def test_every_criterion_stands_under_the_principle_of_its_number(catalogue: Catalogue) -> None:
    """9.3 is part of principle 9."""
    for principle in catalogue.frameworks["eu-2022"].principles:
        assert {criterion.id.split(".")[0] for criterion in principle.criteria} == {str(principle.number)}


def test_every_check_lies_in_the_file_of_the_principle_it_speaks_to(catalogue: Catalogue) -> None:
    """Its suite and its criterion agree."""
    for principle in catalogue.frameworks["eu-2022"].principles:
        for criterion in principle.criteria:
            assert {catalogue.checks[name].principle for name in criterion.checks} <= {principle.key}
            assert {catalogue.questions[name].principle for name in criterion.questions} <= {principle.key}


def test_the_hand_in_block_holds_what_belongs_to_no_principle(catalogue: Catalogue) -> None:
    """And costs no points."""
    assert catalogue.frameworks["eu-2022"].hand_in == ("EL-18", "EL-20", "DAT-04", "DAT-05", "DAT-09", "DAT-11")
    cases = {name: catalogue.checks[name].cases for name in catalogue.frameworks["eu-2022"].hand_in}
    assert {catalogue.checks[name].principle for name in cases} == {"hand_in"}
    assert {case.role for own in cases.values() for case in own} == {"informs"}
    assert {name for name, own in cases.items() for case in own if case.table == "credentials"} == {"DAT-04"}


def test_every_question_is_there_with_its_weight(catalogue: Catalogue) -> None:
    """Twenty-seven questions, twelve of them core."""
    of_principles = [question for question in catalogue.questions.values() if question.framework is None]
    assert {question.id: question.weight for question in of_principles} == QUESTION_WEIGHTS
    assert {question.id for question in catalogue.questions.values() if question.core} == CORE


@pytest.mark.parametrize("check_id", OUTCOMES)
def test_a_check_has_its_outcomes_worst_first(catalogue: Catalogue, check_id: str) -> None:
    """Role, severity, the fact it reads and the condition under which it speaks."""
    assert tuple(_outcomes(catalogue.checks[check_id])) == OUTCOMES[check_id]


def test_there_is_no_other_check(catalogue: Catalogue) -> None:
    """None is invented."""
    assert set(catalogue.checks) == set(OUTCOMES)


def test_one_fault_is_one_loss(catalogue: Catalogue) -> None:
    """What a value check presupposes is said by the presence check."""
    assert {c.id: " ".join(c.requires) for c in catalogue.checks.values() if c.requires} == REQUIRES


@pytest.mark.parametrize("check_id", [name for name in OUTCOMES if name in BOUNDS])
def test_a_check_on_a_number_has_its_bounds(catalogue: Catalogue, check_id: str) -> None:
    """With the parameters filled in."""
    check = catalogue.checks[check_id]
    bounds = {
        case.expectation.kwargs["column"]: (_bound(check, case, "min_value"), _bound(check, case, "max_value"))
        for case in check.cases
        if case.expectation.type == "expect_column_values_to_be_between"
    }

    assert bounds == BOUNDS[check_id]


def test_zero_is_no_workload_sixty_credits_are_a_year_and_three_credits_are_of_weight(catalogue: Catalogue) -> None:
    """The bound is strict there, and nowhere else."""
    strict = {
        check.id
        for check in catalogue.checks.values()
        for case in check.cases
        if case.expectation.kwargs.get("strict_min") or case.expectation.kwargs.get("strict_max")
    }

    assert strict == {"VAL-05", "SIZ-01", "ASM-09", "ASM-10"}


def test_ireland_counts_from_eighteen_hours(catalogue: Catalogue) -> None:
    """Twenty hours a credit there, less a tenth."""
    assert catalogue.checks["SIZ-02"].parameters_by == {"country": {"IE": {"min_hours": 18}}}


@pytest.mark.parametrize(("check_id", "tolerance"), [("EL-01", 0), ("EL-03", 0.01), ("SIZ-02", 0.01), ("AUT-06", 0.02)])
def test_exceptions_are_tolerated_by_severity(catalogue: Catalogue, check_id: str, tolerance: float) -> None:
    """None for a blocker, one in a hundred for a major fault, two for a minor one."""
    assert catalogue.checks[check_id].tolerance == tolerance


# gate: checks, principle, share, every record, evidence forms
GATES: dict[str, tuple[str, str, float, bool, tuple[str, ...]]] = {
    "learner": ("EL-01", "authentic", 0.01, False, ("document",)),
    "awarding_body": ("EL-04", "authentic", 0.01, False, ()),
    "issue_date": ("EL-05", "authentic", 0.01, False, ()),
    "learning_outcomes": ("EL-06", "transparency", 0.01, False, ()),
    "assessed": ("EL-09 ASM-01:attendance_code ASM-01:attendance_phrase", "valid_assessment", 0.01, False, ()),
    "quality_assurance": ("EL-11", "quality", 0, True, ()),
    "quality_assurance_in_force": ("QUA-02:ended QUA-03:negative", "quality", 0, False, ()),
    "unique_identifier": ("POR-03 VAL-16:missing", "portable", 0, False, ()),
    "intact": ("AUT-09:content", "authentic", 0, False, ()),
    "not_withdrawn": ("AUT-10", "authentic", 0, False, ()),
}


def test_the_knock_out_criteria(catalogue: Catalogue) -> None:
    """Those that the checks of today can decide."""
    gates = {
        gate.id: (" ".join(gate.checks), " ".join(gate.principles), gate.share, gate.every, gate.evidence_forms)
        for gate in catalogue.frameworks["eu-2022"].gates
    }

    assert gates == GATES


def test_bands_and_what_must_be_seen_for_one(catalogue: Catalogue) -> None:
    """The judgement scale; nobody has adopted the framework as shipped."""
    framework = catalogue.frameworks["eu-2022"]

    assert [(band.key, band.lowest) for band in framework.bands] == [
        ("meets", 90),
        ("largely_meets", 75),
        ("partly_meets", 50),
        ("does_not_meet", 0),
    ]
    assert framework.least_scored_principles == 7
    assert (framework.coverage_for_band, framework.coverage_for_provisional_band) == (0.8, 0.5)
    assert framework.small_number == 30
    assert framework.adoption is None


# ---------------------------------------------------------------- texts


def test_every_check_tells_why_and_how_to_fix_with_an_example(catalogue: Catalogue) -> None:
    """A quality officer can act on it. Where a fix has no value to show, it says what there is to do."""
    for check in catalogue.checks.values():
        assert len(check.why) > 60, check.id
        assert "example" in check.fix or "=" in check.fix, check.id


def test_what_can_be_out_of_scope_says_why(catalogue: Catalogue) -> None:
    """A reader is told why a check does not apply; where cases cover everybody there is nothing to tell."""
    silent = {
        check.id
        for check in catalogue.checks.values()
        if (check.requires or all(case.applies for case in check.cases)) and not check.not_applicable_because
    }

    assert silent == {"EL-08"}


def test_the_annexes_are_cited_until_they_are_read(catalogue: Catalogue) -> None:
    """Never shown as verified, never without a place."""
    sources = [s for owner in (*catalogue.checks.values(), *catalogue.principles.values()) for s in owner.sources]

    of_the_recommendation = [source for source in sources if "32022H0627(02)" in source.ref]
    assert of_the_recommendation
    assert all(source.tag == "cited" and source.place for source in of_the_recommendation)


def test_example_records_name_nobody_and_hold_days_as_days(catalogue: Catalogue) -> None:
    """Dates of examples are dates, not texts: a quoted one would never be compared."""
    dates = {column.name for column in CREDENTIALS if column.type == "DATE"}
    written = [
        (check.id, name, value)
        for check in catalogue.checks.values()
        for example in (*check.examples.passing, *check.examples.failing, *check.examples.silent)
        for name, value in example.items()
        if name in dates
    ]

    assert written
    assert [row for row in written if not isinstance(row[2], date)] == []


def test_honest_oddities_have_silent_examples(catalogue: Catalogue) -> None:
    """Where a false alarm threatens, the check shows that it keeps quiet."""
    counts = Counter({check.id: len(check.examples.silent) for check in catalogue.checks.values()})

    for check_id in ("EL-01", "EL-02", "EL-05", "EL-08", "EL-10", "SIZ-02", "VAL-05", "VAL-06", "POR-03", "ASM-01"):
        assert counts[check_id] >= 2, check_id


def _outcomes(check: Check) -> list[str]:
    texts = []
    tables = {case.table for case in check.cases}
    for case in check.cases:
        words = [case.role.value, *([case.severity.value] if case.severity else [])]
        words += [str(case.expectation.kwargs["column"]), *(["if", case.applies] if case.applies else [])]
        words += ["at", case.table] if len(tables) > 1 else []
        texts.append((f"{case.key}: " if case.key else "") + " ".join(words))
    return texts


def _bound(check: Check, case: Any, name: str) -> float | None:
    value = case.expectation.kwargs.get(name)
    return check.parameters[value[1:]] if isinstance(value, str) else value
