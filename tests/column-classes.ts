/** Whose eyes a column is for. `row`: as the row's own volet and protection say; `technical`: keys, versions, instants and who wrote. */
export const columnClasses = ['administrative', 'social', 'health', 'row', 'private', 'restricted', 'technical'] as const
export type ColumnClass = (typeof columnClasses)[number]

/**
 * Every column of every table that bears a person, or belongs to one that does (the parts of a request). A column or a table that is not declared here
 * fails the test of the catalogue: whoever adds one says for whom it is.
 */
export const columnsOfPersons: Readonly<Record<string, Partial<Readonly<Record<ColumnClass, string>>>>> = {
  'agenda.appointment': {
    row: 'kind title starts_local minutes all_day rule place_kind place commune_code words state organizer_name',
    technical: 'id person_id time_zone uid sequence imported follows follows_id organizer_id volet holder_org protection version created_at changed_at',
  },
  'agenda.date_answer': {
    row: 'party_id response answered_at proposed_at words',
    technical: 'participant_id occurrence_id person_id organizer_id volet holder_org protection',
  },
  'agenda.health_space_decision': {
    row: 'decision detail decided_on mode',
    technical: 'id person_id recorded_at recorded_by recorded_by_name volet holder_org protection',
  },
  'agenda.health_space_line': {
    row: 'starts_at ends_at wish state problem settled_at',
    technical: 'occurrence_id appointment_id person_id print sent_digest attempts tried next_attempt_at volet holder_org protection',
  },
  'agenda.occurrence': {
    row: 'recurrence_at starts_at ends_at state moved cancelled_because',
    technical: 'id appointment_id person_id organizer_id cancelled_by_event volet holder_org protection version',
  },
  'agenda.participant': {
    row: 'kind party_id name words response answered_at proposed_at answer_words withdrawn_at',
    technical: 'id appointment_id person_id service_id organizer_id volet holder_org protection version',
  },
  'agenda.safety_note': {
    private: 'door_code access_words animals dangers danger_words never_alone comes_along',
    technical: 'id person_id written_by_name written_at set_aside_at volet holder_org protection version',
  },
  'agenda.stay': {
    health:
      'told_by kind establishment_id establishment_name starts_on admitted_at expected_on ended_on discharged_at reason cancelled_at cancelled_because recorded_by_name left_on left_by_name left_at left_overtaken_at',
    technical:
      'id person_id place_key same_as apart_from cancelled_by_event left_by left_by_event recorded_by created_at changed_at volet holder_org protection version',
  },
  'agenda.visit_record': {
    private: 'minutes kilometres',
    technical: 'occurrence_id person_id activity_id done_by recorded_at volet holder_org protection',
  },
  'assessments.assessment': {
    row: 'state performed_on author_kind author_role part_of correction_reason incomplete_reason finished_at author_party_id author_name form_code',
    technical: 'id person_id form_version form_kind corrects_id finished_by volet holder_org protection version created_at created_by',
  },
  'assessments.opinion': {
    row: 'explained_on agrees words given_by given_by_name',
    technical: 'id assessment_id person_id recorded_by recorded_by_name recorded_at volet holder_org protection',
  },
  'assessments.result': {
    row: 'performed_on score max_score band label severity printed readings details age form_code',
    technical: 'assessment_id person_id form_version superseded computed_at volet holder_org protection',
  },
  'assessments.section_answers': {
    row: 'section answers observations complete closed',
    technical: 'id assessment_id person_id volet holder_org protection version saved_at saved_by',
  },
  'audit.entry': {
    restricted: 'at actor_kind actor_name category functions name kind manner outcome code reason purpose address actor_id details',
    technical: 'seq sealed_at id service_id service_name person_ids bases volets request_id hash',
  },
  'audit.inbox': {
    restricted: 'at actor_kind name kind outcome code details actor_name category functions manner reason purpose address actor_id',
    technical: 'id service_id person_ids request_id service_name bases volets',
  },
  'care_plans.action': {
    row: 'code title details actor_kind actor_name actor_role due_on due_kind due_words status status_on status_words answer answer_on answer_mode answer_words validated_in removed_at actor_party_id',
    technical: 'id plan_id objective_id person_id answer_noted_by_name position volet holder_org protection version created_at created_by',
  },
  'care_plans.agreement': {
    administrative: 'party state mode answered_on party_name party_id',
    technical: 'id plan_id person_id number noted_by noted_by_name recorded_at volet holder_org protection',
  },
  'care_plans.agreement_remark': {
    row: 'words',
    technical: 'agreement_id person_id volet holder_org protection',
  },
  'care_plans.criterion': {
    row: 'code words reached_at reached_on reached_words removed_at',
    technical: 'id plan_id person_id reached_by reached_by_name volet holder_org protection version created_at',
  },
  'care_plans.decision': {
    social: 'code words with_whom decided_on',
    technical: 'id person_id episode_id plan_id decided_by decided_by_name recorded_at volet holder_org protection',
  },
  'care_plans.handover': {
    administrative: 'recipient_kind recipient_name handed_on',
    technical: 'id plan_id person_id number volets handed_by handed_by_name recorded_at volet holder_org protection',
  },
  'care_plans.objective': {
    row: 'code title details status status_reason status_words status_on removed_at',
    technical: 'id plan_id problem_id person_id position volet holder_org protection version created_at created_by',
  },
  'care_plans.plan': {
    administrative: 'state validated_on review_on criterion_reached_at proposed_at closed_on',
    technical:
      'id person_id episode_id referent_id draft_number validated_number content_version proposed_by volet holder_org protection version created_at created_by discarded_number',
  },
  'care_plans.problem': {
    row: 'code title details removed_at',
    technical: 'id plan_id person_id position volet holder_org protection version created_at created_by',
  },
  'care_plans.statement': {
    social: 'kind words said_on written_at',
    technical: 'id plan_id person_id volet holder_org protection version written_by',
  },
  'care_plans.version': {
    administrative: 'validated_on validated_at review_on due_on',
    technical: 'plan_id number person_id validated_by validated_by_name volet holder_org protection',
  },
  'care_plans.version_part': {
    row: 'kind content',
    technical: 'plan_id number part_id person_id volet holder_org protection',
  },
  'care_plans.version_problem': {
    row: 'content',
    technical: 'plan_id number problem_id person_id volet holder_org protection',
  },
  'care_team.access': {
    administrative: 'sharing_category ground informed_on consent_on consent_mode consent_for consent_until starts_at ends_at end_reason basis volets party_id',
    technical: 'id member_id person_id informed_by_name opened_by ended_by volet holder_org protection',
  },
  'care_team.member': {
    administrative: 'kind name place relation phone other_phone email does hours call_for call_order week party_id',
    technical: 'id person_id volet holder_org protection version created_at created_by',
  },
  'care_team.invitation': {
    private:
      'party_id family_name given_name name_words role sharing_category basis wish volets way address mail mail_at state invited_at invited_by_name expires_at settled_at',
    technical: 'id person_id secret_hash invited_by accepted_by member_id volet holder_org protection',
  },
  'care_team.join_request': {
    administrative: 'name profession place role words state asked_at answered_at answered_by_name answer_words party_id',
    technical: 'id person_id user_id volet holder_org protection',
  },
  'care_team.provider_call': {
    private: 'need name outcome call_back_on words called_at called_by_name party_id',
    technical: 'id person_id called_by volet holder_org protection',
  },
  'care_team.role': {
    administrative: 'role starts_on ends_on end_reason document_seen',
    technical: 'id member_id person_id source_id volet holder_org protection recorded_at recorded_by',
  },
  'episodes.activity': {
    row: 'kind at minutes kilometres with_whom reached words partner cno_level',
    technical: 'id person_id episode_id done_by volet holder_org protection recorded_at version corrected_at corrected_by_name',
  },
  'episodes.assignment': {
    administrative: 'role starts_on ends_on reason user_id',
    technical: 'id episode_id person_id decided_by volet holder_org protection recorded_at',
  },
  'episodes.closure': {
    social: 'closed_on reason balance objectives relay reopened_on reopening_reason',
    technical: 'id episode_id person_id closed_by reopened_by volet holder_org protection recorded_at',
  },
  'episodes.critical_sequence': {
    health: 'kind starts_on ended_on outcome proposal proposed_by reason declined_because level_before balance worked failed',
    technical: 'id episode_id person_id started_by ended_by source_id volet holder_org protection version',
  },
  'episodes.episode': {
    administrative:
      'state level level_since opened_on opened_from_request dormant_since wake_up_on dormancy_reason closed_on closure_reason last_contact_at referent_id binome_id cno_level',
    technical: 'id person_id holder_org volet protection version created_at created_by',
  },
  'episodes.ground': {
    social: 'codes words decided_on',
    technical: 'id episode_id person_id decided_by volet holder_org protection recorded_at',
  },
  'case_conferences.block': {
    row: 'heading body written_at written_by_name',
    technical: 'id conference_id person_id question_id position editor_id editor_name editing_until volet holder_org protection version',
  },
  'case_conferences.conference': {
    administrative:
      'kind state starts_at minutes place video_url agreement agreement_on agreement_mode agreement_words agreement_by_name held_at signed_at signed_by_name cancelled_because moved_from moved_because',
    technical: 'id person_id episode_id animator_id signed_by cancelled_by_event volet holder_org protection version created_at created_by',
  },
  'case_conferences.decision': {
    row: 'words actor_name actor_role due_on answer answered_on answer_mode answer_words answer_noted_by_name letter_on letter_by_name removed_at actor_party_id',
    technical: 'id conference_id person_id position plan_action_id task_id volet holder_org protection version created_at created_by',
  },
  'case_conferences.document': {
    row: 'label source added_by_name added_at',
    technical: 'id conference_id person_id source_id volet holder_org protection',
  },
  'case_conferences.participant': {
    administrative: 'name role state words answered_at party_id',
    technical: 'id conference_id person_id volet holder_org protection version',
  },
  'case_conferences.question': {
    row: 'words asked_by_name removed_at',
    technical: 'id conference_id person_id position volet holder_org protection version',
  },
  'case_conferences.sending': {
    administrative: 'recipient_name means volets sent_on sent_by_name recipient_party_id',
    technical: 'id conference_id person_id volet holder_org protection sent_at',
  },
  'episodes.sequence_line': {
    health: 'moment moment_label label due_on state remark answered_at answered_by_name',
    technical: 'id sequence_id person_id position answered_by added_by volet holder_org protection version',
  },
  'episodes.rupture': {
    row: 'type words observed_on source',
    technical: 'id person_id episode_id source_id noted_by volet holder_org protection recorded_at',
  },
  'episodes.level_period': {
    administrative: 'level starts_on ends_on reason',
    technical: 'id episode_id person_id decided_by volet holder_org protection recorded_at',
  },
  'episodes.dormancy': {
    administrative: 'starts_on ends_on',
    technical: 'episode_id person_id volet holder_org protection',
  },
  'episodes.handover_proposal': {
    private: 'reason words handover_until state proposed_at proposed_by_name answered_at answer_words',
    technical: 'id person_id episode_id from_user_id to_user_id proposed_by volet holder_org protection',
  },
  'episodes.problem': {
    row: 'axis code principal starts_on ends_on',
    technical: 'id episode_id person_id recorded_by volet holder_org protection',
  },
  'episodes.task': {
    private:
      'kind title details due_on due_time state outcome ended_at cancelled_because step outside_name outside_role letter_on letter_by_name relaunch_letter_on reminded_on',
    technical:
      'id person_id episode_id assignee_id ended_by cancelled_by_event source source_id reminded_step reminded_for reminded_to volet holder_org protection version created_at created_by',
  },
  'intake.answer': {
    health: 'code principal text no_follow_up_reason given_at',
    technical: 'id sollicitation_id given_by given_by_name volet protection',
  },
  'intake.contact': {
    private: 'at outgoing channel caller_name caller_quality caller_phone handled_at',
    technical: 'id first_key party_id person_id sollicitation_id for_user_id handled_by recorded_by recorded_by_name volet holder_org protection',
  },
  'intake.contact_text': {
    private: 'text',
    technical: 'contact_id volet protection',
  },
  'intake.feedback': {
    health: 'addressed_to recipient_name channel text given_at',
    technical: 'id sollicitation_id given_by given_by_name volet protection',
  },
  'intake.merge': {
    private: 'reason merged_at undone_at',
    technical: 'id sollicitation_id kept_id person_moved merged_by undone_by volet protection',
  },
  'intake.reorientation': {
    health: 'target partner_name partner_phone note social_outcome sent_at follow_up_on outcome outcome_at outcome_note relevance reminders',
    technical: 'id sollicitation_id party_id sent_by holder_org volet protection version',
  },
  'intake.request_event': {
    private: 'kind at by_name note',
    technical: 'id sollicitation_id by_id volet protection',
  },
  'intake.request_motive': {
    row: 'motive',
    technical: 'sollicitation_id position by_requester volet protection',
  },
  'intake.request_text': {
    health: 'text',
    technical: 'sollicitation_id by_requester volet protection',
  },
  'intake.sollicitation': {
    administrative:
      'received_at channel caller_name caller_quality caller_phone requester_kind requester_name requester_phone referred_by_quality concerns person_name person_birth_date person_informed person_informed_on commune_code urgency status assigned_to assigned_at triage_since triage_proposal first_answered_at closed_at merged_into extra referred_by_name person_informed_by requester_party_id requester_user_id referred_by_party_id person_key cno_level',
    technical: 'id recorded_by person_id due_at queue_at requester_waits referrer_waits closed_by episode_id volet holder_org protection version number',
  },
  'intake.subsidiarity': {
    private: 'check_code finding note noted_at',
    technical: 'sollicitation_id noted_by volet protection',
  },
  'intake.transfer': {
    row: 'from_service to_service commune_code reason transferred_at taken_at',
    technical: 'id sollicitation_id transferred_by transferred_by_name',
  },
  'intake.triage_decision': {
    private: 'decision dac_reasons level comment next_step next_step_on participants decided_at',
    technical: 'id sollicitation_id referent_id deputy_id decided_by decided_by_name episode_id volet protection',
  },
  'liaison.alert': {
    row: 'title summary raised_at raised_by_function state taken_at settled_at outcome event',
    technical:
      'id person_id source source_id raised_by raised_by_name taken_by settled_by volet holder_org protection version rule_id rule_version addressees routed_because escalation escalate_at escalated_at',
  },
  'liaison.note_file': {
    row: 'name media_type byte_length width height sha256 content',
    technical: 'id person_id note_id position added_by added_at scan scanned_at scan_finding volet holder_org protection',
  },
  'liaison.measure': {
    health: 'kind value second_value at words struck_because',
    technical: 'id person_id author_id author_name author_function recorded_at struck_at struck_by struck_by_name volet holder_org protection',
  },
  'liaison.measure_threshold': {
    health: 'kind low high reason',
    technical: 'id person_id set_by set_by_name set_at volet holder_org protection',
  },
  'liaison.alert_mute': {
    row: 'until reason',
    technical: 'id person_id rule_id muted_by muted_by_name muted_at ended_at ended_by volet holder_org protection',
  },
  'liaison.note': {
    row: 'kind title body urgent relation at event',
    technical: 'id person_id root_id asked_of asked_of_name author_id author_name author_function volet holder_org protection recorded_at',
  },
  'conversations.file': {
    restricted: 'name media_type byte_length width height sha256 content',
    technical: 'id thread_id person_id message_id position added_by added_at scan scanned_at scan_finding volet holder_org protection',
  },
  'conversations.message': {
    restricted: 'author_id author_name author_profession body mentions sent_at search_key',
    technical: 'id thread_id person_id number reply_to volet holder_org protection',
  },
  'conversations.outcome': {
    restricted: 'kind made_by_name',
    technical: 'id message_id thread_id person_id target_id made_by made_at volet holder_org protection',
  },
  'conversations.participant': {
    restricted: 'user_id name profession joined_at added_by_name left_at left_because left_by_name seen_at',
    technical: 'id thread_id person_id from_number until_number added_by seen_number mentioned_number volet holder_org protection',
  },
  'conversations.thread': {
    restricted: 'subject reach last_at created_by_name',
    technical: 'id person_id last_number created_at created_by volet holder_org protection',
  },
  'duplicates.merge': {
    technical:
      'id pair_id person_id absorbed_id state choices kept_version absorbed_version proposed_at proposed_by proposed_by_name decided_at decided_by decided_by_name decline_reason undone_at undone_by undone_by_name undo_reason counts volet holder_org protection proposer_keeps wishes stayed',
  },
  'duplicates.pair': {
    technical:
      'id person_id other_person_id state score level reasons found_at decided_at decided_by decided_by_name reason volet holder_org protection pointed_by weight',
  },
  'hospital_events.candidate': {
    private: 'score reasons recognised decision',
    technical: 'id visit_id person_id decided_at decided_by decided_by_name found_at volet holder_org protection version',
  },
  'hospital_events.stay': {
    health: 'sender_name kind state admitted_at discharged_at expected_on recognised_by recognised_by_name',
    technical: 'id visit_id person_id admission_told discharge_told created_at changed_at volet holder_org protection version',
  },
  'liaison.unread': {
    technical: 'user_id item_id person_id at',
  },
  'persons.alias': {
    technical: 'person_id into_person_id starts_at ends_at',
  },
  'persons.contact_point': {
    administrative: 'kind value label preferred ended_at',
    technical: 'id person_id volet holder_org protection version',
  },
  'persons.exceptional_access': {
    private: 'profession reason explanation opened_at ends_at ended_at end_cause review_outcome review_comment reviewed_at user_name',
    technical: 'id person_id user_id service_id service_name reviewed_by reviewed_by_name volet holder_org protection',
  },
  'persons.family_doctor': {
    administrative:
      'state professional_name professional_phone professional_commune concertation concertation_at verified_on starts_on ends_on professional_id',
    technical: 'id person_id volet holder_org protection version recorded_at recorded_by',
  },
  'persons.family_doctor_concertation': {
    health: 'outcome opinion at by_name',
    technical: 'id person_id family_doctor_id by_id volet holder_org protection recorded_at',
  },
  'persons.family_doctor_referral': {
    administrative: 'no_cpts state sent_at remind_on outcome_at outcome doctor_name doctor_phone doctor_commune answered_at doctor_party_id',
    technical: 'id person_id cpts_id volet holder_org protection version created_by answered_by_name',
  },
  'persons.information_given': {
    administrative: 'given_on given_to mode document_version given_by_name',
    technical: 'id person_id given_by volet holder_org protection recorded_at',
  },
  'persons.non_disclosure': {
    administrative: 'kind towards relation reason wish_of since ended_at party_id',
    technical: 'id person_id volet holder_org protection version recorded_by',
  },
  'persons.non_opposition': {
    administrative: 'state collected_on mode document_version comment given_by number',
    technical: 'id person_id collected_by collected_by_name volet holder_org protection recorded_at',
  },
  'persons.notice_wish': {
    administrative: 'wish said_on mode given_by',
    technical: 'id person_id recorded_at recorded_by recorded_by_name volet holder_org protection',
  },
  'persons.insi_call': {
    administrative: 'operation state code asked_at attempts next_attempt_at read_matricule read_oid answer answered_at decision decided_at',
    technical: 'id person_id asked_version asked_by decided_by volet holder_org protection turn_id',
  },
  'persons.person': {
    administrative:
      'birth_name used_name birth_given_names used_given_name birth_date birth_date_approximate sex birth_place_code birth_place_name search_key sound_key ins_matricule ins_oid ins_retrieved_at ins_verified_at ins_contested_at identity_checked_at identity_document identity_status identity_attributes commune_code address caller_instruction language needs_interpreter is_military deceased_on death_recorded_at death_source',
    technical: 'person_id identity_checked_by death_recorded_by volet holder_org protection version created_at created_by',
  },
  'persons.person_notice': {
    administrative:
      'kind happened_at reason by_profession by_service_name state obstacle sent_at way given_to given_to_name settled_on settled_at settled_by_name withheld_reason words',
    technical: 'id person_id source_id by_service_id attempts next_attempt_at settled_by volet holder_org protection',
  },
  'persons.protection_measure': {
    administrative: 'measure scope holder_kind representative_name representative_phone document_seen starts_on ends_on representative_party_id',
    technical: 'id person_id volet holder_org protection version recorded_at recorded_by',
  },
  'persons.sight': {
    administrative: 'reason starts_at ends_at suspended_at party_id party_name basis volets entrusted suspensions',
    technical: 'id person_id source_id granted_by',
  },
  'persons.timeline_item': {
    row: 'at kind title summary',
    technical: 'id person_id author_id author_name author_function source source_id volet holder_org protection recorded_at',
  },
  'persons.withheld_volet': {
    administrative: 'withholds from_category from_party_name since mode reason ended_at end_reason given_by from_party_id recorded_by_name',
    technical: 'id person_id recorded_at recorded_by ended_by volet holder_org protection version',
  },
  'platform.event': {
    row: 'payload at',
    technical: 'seq id type person_id volet audience actor_id sequenced_at',
  },
  'platform.event_inbox': {
    row: 'payload at',
    technical: 'id type person_id volet audience actor_id',
  },
  'platform.field_history': {
    row: 'changes',
    technical: 'record_id version record_type person_id volet holder_org protection changed_by changed_at',
  },
  'privacy.addendum': {
    row: 'item_title words',
    technical: 'id person_id request_id item_id recorded_at recorded_by recorded_by_name volet holder_org protection',
  },
  'privacy.archived_file': {
    restricted: 'archived_on last_sign_on rule_class rule_version',
    technical: 'person_id volet holder_org protection',
  },
  'privacy.erasure': {
    private: 'plan state proposed_at confirmed_at done_at cancelled_because counts',
    technical: 'id person_id request_id proposed_by proposed_by_name confirmed_by confirmed_by_name volet holder_org protection',
  },
  'privacy.legal_hold': {
    private: 'reason since lifted_at lift_reason',
    technical: 'id person_id set_by set_by_name lifted_by_name volet holder_org protection',
  },
  'privacy.limitation': {
    administrative: 'reason since lifted_at lift_reason',
    technical: 'id person_id request_id set_by set_by_name lifted_by lifted_by_name volet holder_org protection',
  },
  'privacy.request': {
    private: 'kind received_on mode identity_checked words due_on extended_on extension_reason state outcome outcome_words answered_on asked_by asked_by_name',
    technical: 'id person_id number answered_by answered_by_name volet holder_org protection version recorded_at recorded_by recorded_by_name',
  },
  'safeguarding.entry': {
    restricted: 'kind on_day code name means reference told body author_name',
    technical: 'id report_id person_id author_id author_function recorded_at volet holder_org protection',
  },
  'safeguarding.reader': {
    restricted: 'function ground reason added_at ended_at end_reason user_name user_id',
    technical: 'id report_id person_id added_by added_by_name ended_by_name volet holder_org protection',
  },
  'safeguarding.report': {
    restricted: 'person whereabouts endangered endangered_name kinds danger_level danger state opened_at closed_at outcome outcome_words author_name',
    technical: 'id person_id author_id author_function closed_by_name volet holder_org protection version',
  },
}

/** Tables without an accompanied person, and why. */
export const tablesWithoutPerson: Readonly<Record<string, string>> = {
  'agenda.calendar_copy': 'hours of a user’s moments in her own calendar outside: no person, no word',
  'agenda.calendar_link': 'calendars that users linked, their keys sealed',
  'agenda.feed': 'addresses of calendars of users',
  'agenda.slot': 'hours at which a colleague is taken: no person, no word',
  'territory.absence': 'days of colleagues',
  'directory.correction': 'what services know of professionals and structures',
  'directory.error_report': 'what services know of professionals and structures',
  'directory.exchange': 'what services know of professionals and structures',
  'directory.own_note': 'what services know of professionals and structures',
  'directory.party_relation': 'what services know of professionals and structures',
  'telephony.call': 'numbers that call, forgotten after a day; no person is looked up',
  'telephony.line': 'lines of services',
  'hospital_events.sender': 'establishments that may tell, with the prints of their certificates',
  'hospital_events.keeping': 'durations of the region',
  'hospital_events.visit': 'what a hospital told of somebody: read by the DAC of a candidate alone, destroyed within hours or days',
  'hospital_events.message': 'that a message came: acts and instants, no trait; read by nobody but the job',
  'audit.head': 'seals and settings of the audit',
  'audit.retention': 'seals and settings of the audit',
  'duplicates.progress': 'how far the nightly look has come',
  'duplicates.present': 'closed to the application: keys of rows at a merge, for undoing it',
  'duplicates.step': 'closed to the application: what merges did, row by row, for undoing them',
  'directory.capacity': 'national directories and local cards of professionals',
  'directory.diploma': 'national directories and local cards of professionals',
  'directory.entry': 'national directories and local cards of professionals',
  'directory.feed': 'national directories and local cards of professionals',
  'directory.feed_plan': 'national directories and local cards of professionals',
  'directory.import': 'national directories and local cards of professionals',
  'directory.import_part': 'national directories and local cards of professionals',
  'directory.local_card': 'national directories and local cards of professionals',
  'directory.mailbox': 'national directories and local cards of professionals',
  'directory.nomenclature': 'national directories and local cards of professionals',
  'directory.outside_structure': 'national directories and local cards of professionals',
  'directory.postponed_index': 'national directories and local cards of professionals',
  'directory.practice': 'national directories and local cards of professionals',
  'directory.professional': 'national directories and local cards of professionals',
  'directory.rejected_line': 'national directories and local cards of professionals',
  'directory.service': 'national directories and local cards of professionals',
  'directory.name_word': 'words of the names of national directories and local cards, once each',
  'directory.skill': 'national directories and local cards of professionals',
  'directory.source': 'national directories and local cards of professionals',
  'directory.staged_diploma': 'national directories and local cards of professionals',
  'directory.staged_mailbox': 'national directories and local cards of professionals',
  'directory.staged_outside_structure': 'national directories and local cards of professionals',
  'directory.staged_party': 'national directories and local cards of professionals',
  'directory.staged_person': 'national directories and local cards of professionals',
  'directory.staged_practice': 'national directories and local cards of professionals',
  'directory.staged_removal': 'national directories and local cards of professionals',
  'directory.staged_service': 'national directories and local cards of professionals',
  'directory.staged_skill': 'national directories and local cards of professionals',
  'directory.staged_structure': 'national directories and local cards of professionals',
  'directory.structure': 'national directories and local cards of professionals',
  'directory.told_practice': 'national directories and local cards of professionals',
  'directory.vanished': 'national directories and local cards of professionals',
  'intake.requester_reading': 'when a requester read what came back',
  'liaison.last_visit': 'when a user last looked at a place',
  'liaison.opened': 'when a user opened an item of the Fil',
  'care_team.provider_word': 'what providers answered to a service, about nobody',
  'care_team.invitation_mail': 'letters to professionals until they leave: an address and the secret of a link, read by the carrier alone',
  'care_team.circle_gesture': 'one gesture over the circles of many files: what changed and why, about nobody',
  'episodes.practice_version': 'rules of a DAC or of a region for late tasks, and points of load: about nobody',
  'episodes.checklist': 'lists of a service for critical sequences, about nobody',
  'episodes.checklist_version': 'lists of a service for critical sequences, about nobody',
  'liaison.alert_rule': 'rules of alerts, about nobody',
  'liaison.note_template': 'templates of notes, about nobody',
  'liaison.note_template_version': 'templates of notes, about nobody',
  'liaison.alert_rule_version': 'rules of alerts, about nobody',
  'liaison.notice': 'how professionals are told that something waits',
  'liaison.notice_choice': 'how professionals are told that something waits',
  'liaison.push_device': 'how professionals are told that something waits',
  'offline.device': 'browsers of professionals that keep read copies, about nobody',
  'offline.deposit': 'sealed envelopes of professionals: no column says whom they are about',
  'liaison.sending': 'how professionals are told that something waits',
  'persons.file_size': 'how many identities there are',
  'persons.insi_turn': 'how many files of a service the teleservice is asked about',
  'persons.name_share': 'how many bear a name, ten at least: no person',
  'persons.sensitive_structure': 'structures of the directory',
  'platform.draft': 'what a user is typing, read by herself alone (its own policy)',
  'platform.idempotency': 'references to results, read by their author alone (its own policy)',
  'platform.long_work': 'imports and exports, ids only',
  'platform.session': 'sessions of professionals',
  'platform.setting': 'workings of the platform',
  'platform.setting_version': 'workings of the platform',
  'platform.subscription': 'workings of the platform',
  'assessments.form': 'definitions of the forms of the region',
  'privacy.archive_reader': 'professionals who read archives',
  'privacy.execution': 'counts of what the retention engine did',
  'privacy.extract': 'counted tables that left, no cell under five',
  'privacy.processing': 'register of processing',
  'privacy.processing_version': 'former versions of the register of processing',
  'privacy.retention_rule': 'durations by class of data',
  'sign_in.attempt': 'how professionals sign in',
  'sign_in.ceremony': 'how professionals sign in',
  'sign_in.invitation': 'how professionals sign in',
  'sign_in.opening_alert': 'how professionals sign in',
  'sign_in.passkey': 'how professionals sign in',
  'sign_in.password': 'how professionals sign in',
  'steering.funding': 'posts and funding of a service',
  'steering.post': 'posts and funding of a service',
  'territory.category_volet': 'organisations, accounts of professionals and lists',
  'territory.category_volet_decision': 'organisations, accounts of professionals and lists',
  'territory.birth_place': 'organisations, accounts of professionals and lists',
  'territory.commune': 'organisations, accounts of professionals and lists',
  'territory.commune_alias': 'organisations, accounts of professionals and lists',
  'territory.department': 'organisations, accounts of professionals and lists',
  'territory.epci': 'organisations, accounts of professionals and lists',
  'territory.legal_person': 'organisations, accounts of professionals and lists',
  'territory.membership': 'organisations, accounts of professionals and lists',
  'territory.perimeter': 'organisations, accounts of professionals and lists',
  'territory.region': 'organisations, accounts of professionals and lists',
  'territory.service': 'organisations, accounts of professionals and lists',
  'territory.site': 'organisations, accounts of professionals and lists',
  'territory.user_account': 'organisations, accounts of professionals and lists',
  'territory.value': 'organisations, accounts of professionals and lists',
  'territory.value_set': 'organisations, accounts of professionals and lists',
}
