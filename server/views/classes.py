"""Which class every field of every view belongs to: one table, read by reviewers and by the tests.

public: says nothing about any resident. internal: about the matter, for those who have to do with
it. masked: about a resident, never but masked. clear: about a resident as it is, only for herself,
for those who handle the matter (her words), or for one whose look is on record (unmask, call).

A field that is a view itself, or a list of them, stands under its own name. A new field without a
class fails a test.
"""

from collections.abc import Mapping

PUBLIC, INTERNAL, MASKED, CLEAR = "public", "internal", "masked", "clear"


def _of(
    *, public: str = "", internal: str = "", masked: str = "", clear: str = ""
) -> Mapping[str, str]:
    said = {PUBLIC: public, INTERNAL: internal, MASKED: masked, CLEAR: clear}
    return {name: kind for kind, names in said.items() for name in names.split()}


CLASSES: Mapping[str, Mapping[str, str]] = {
    "PointShape": _of(public="lng lat"),
    "CodeShape": _of(public="token kind status short"),
    "PlaceShape": _of(public="id name path"),
    "ContactShape": _of(public="post_id role role_title name unit on_duty hours next_duty phone"),
    "PhoneShape": _of(public="title number"),
    "CategoryShape": _of(public="key title icon urgent conceal tile whom advice"),
    "KnownShape": _of(public="text until"),
    "OutageShape": _of(public="text until announced_at unit place", internal="id"),
    "OutageCard": _of(public="next"),
    "PlaceChoice": _of(public="more"),
    "ImportSheet": _of(
        internal="title rows wrong waiting refused"
    ),  # of staff and places, no resident
    "ImportCard": _of(
        internal="id title state made_at goes_on good_rows written expected sentence findings"
        " wrong waiting notes new changed"
    ),
    "OpenCaseShape": _of(public="number title state_title seconded opened_at"),
    "OpenCaseList": _of(),
    "CommunityName": _of(public="id name"),
    "OfficeShape": _of(public="name on_duty next_duty phone"),
    "CommunityBoard": _of(public="id name above code"),
    "ResultPhoto": _of(public="side url thumb_url width height"),
    "ResultShape": _of(
        public="category_title place opened_at done_at closed_at ending ending_title outcome"
        " planned_on solved said"
    ),
    "ResultList": _of(public="next"),
    "CandidateShape": _of(internal="side state copy_id"),
    "PublishCard": _of(internal="number category_title place"),
    "StationShape": _of(
        public="id name kind_title place facilities hours is_open until phone distance_m"
    ),
    "StationsNear": _of(public="facility token"),
    "StationSheetShape": _of(
        internal="id name kind place phone facilities days_off version code_id lng lat"
    ),
    "StationList": _of(internal="next"),
    "StationOptions": _of(),
    "ScanCard": _of(public="actions duty_phone"),
    "FilingCard": _of(public="code"),
    "Receipt": _of(
        public="number state state_title respond_by resolve_by starts_at duty_phone emergency",
        clear="key",
    ),
    "PhotoShape": _of(internal="id url thumb_url width height"),
    "WhoShape": _of(public="name role_title"),  # staff; a resident is 居民
    "EventShape": _of(public="at move move_title state_title", clear="text"),
    "OptionShape": _of(public="value title"),
    "MoveShape": _of(internal="key title needs row asked"),
    "RaiserShape": _of(internal="me concealed gone", masked="name phone"),
    "ReferenceShape": _of(internal="system number"),
    "HolderShape": _of(public="unit name role_title phone"),
    "NextShape": _of(public="step by"),
    "BeforeShape": _of(internal="number state_title opened_at"),
    "CasePage": _of(
        public="number flow state state_title version category category_title opened_at"
        " respond_by resolve_by responded_at resolved_at overdue seconded ending outcome solved"
        " rating merged_into hung_until evidence",
        internal="lens unread emergency unmask question channel channel_title praise_at points"
        " publishes passed_over",
        clear="text spot",
    ),
    "Unmasked": _of(internal="field left_today", clear="value"),
    "CaseItem": _of(
        public="number title state state_title ending ending_title place opened_at overdue seconded"
        " due_at due_title now_with version",
        internal="photo_count unread",
        clear="text spot",
    ),
    "CaseList": _of(public="next"),
    "DeskList": _of(public="next reach", internal="counts moves"),
    "CallItem": _of(
        public="number title place channel_title opened_at due_at solved_at solved_by outcome said"
        " missed_at",
        masked="raiser",
        clear="text spot",
    ),
    "CallItems": _of(public="next"),
    "Call": _of(clear="phone"),  # for one call, on record
    "BulkItem": _of(public="number title place state_title version"),
    "BulkCard": _of(),
    "AccountShape": _of(public="id roles", clear="name"),  # of whoever signs in, to themselves
    "SignedIn": _of(clear="token"),
    "PersonaShape": _of(public="key name role_title"),  # of the demo: nobody real
    "PersonaList": _of(),
    "Seconded": _of(public="seconded", clear="key"),
    "CodeAsked": _of(public="valid_s again_s", clear="ask"),
    "SteppedUp": _of(public="raised_until", clear="token"),
    "SessionShape": _of(internal="id me", clear="device since used_at"),  # one's own
    "ConsentShape": _of(clear="version agreed accepted_at"),
    "FactorShape": _of(clear="has_password has_otp paper_codes"),
    "OwnPostShape": _of(public="role role_title unit", internal="post_id"),
    "MeShape": _of(
        public="kind roles", clear="id name since claimable phone_may_change", masked="phone"
    ),
    "HomeShape": _of(
        public="state state_title", clear="id place kin_title at due until reason token"
    ),  # to whoever said it is theirs
    "HomeList": _of(),
    "DwellerShape": _of(internal="id place kin_title at late match", masked="name"),
    "BindingCard": _of(internal="more_waiting more_bound"),
    "Claimed": _of(internal="claimed"),
    "PraiseShape": _of(
        public="target_kind target tag tag_title at", masked="giver", clear="text"
    ),  # its words were read by a clerk and passed on
    "PraiseList": _of(public="next"),
    "OwnPraise": _of(
        public="state state_title target_kind target tag tag_title place at",
        internal="id",
        clear="text reason",
    ),
    "OwnPraiseList": _of(public="next"),
    "PraiseGiven": _of(public="state state_title", internal="id"),
    "PraiseTarget": _of(public="kind value name"),
    "TagShape": _of(public="value title"),
    "PraiseCard": _of(),
    "WaitingPraise": _of(
        public="target tag_title place at",
        internal="id late flag_title",
        masked="giver",
        clear="text",
    ),
    "WaitingList": _of(internal="next"),
    "OddPraise": _of(internal="target praises accounts first_at last_at rules"),
    "GridPraise": _of(internal="grid praises reports"),
    "SpeakerShape": _of(public="role_title", internal="me", masked="name"),  # of staff in full
    "MessageShape": _of(
        public="seq at kind", internal="emergency case may_case", clear="text case_key"
    ),
    "MessageList": _of(public="next"),
    "ConversationShape": _of(
        public="id state state_title place opened_at last_at last_seq waiting_since",
        internal="me unread seen blocked agrees may",
        masked="resident",
        clear="key",
    ),
    "ConversationList": _of(public="next"),
    "ConversationPage": _of(public="code duty_phone", internal="earlier keeps_canned"),
    "ReplyList": _of(),
    "CannedCard": _of(internal="unit_id unit is_own has_room version"),
    "TicketShape": _of(public="expires_s", clear="ticket"),
    "WaitsShape": _of(internal="role_title answers half_within_minutes became_cases"),
    "BatchShape": _of(internal="id name made_at count place voided_at"),
    "BatchList": _of(internal="next"),
    "BatchKind": _of(internal="title active mounted"),
    "BatchPage": _of(internal="active mounted"),
    "PrintShape": _of(internal="id layout state total drawn size_kb asked_at"),
    "CodeLine": _of(internal="id kind_title place mounted short"),
    "CodeLines": _of(internal="more"),
    "DayShape": _of(internal="on scans"),
    "PastCode": _of(internal="id issued_at short retired_at ended_for"),
    "CodePage": _of(
        internal="id token kind_title place in_use may_end issued_at scans counted short mounted_at"
        " retired_at ended_for successor_id"
    ),
    "MissingShape": _of(internal="kind title places missing"),
    "FaultList": _of(internal="next"),
    "FaultShape": _of(internal="id token place title times far at code_id"),
    "FarShape": _of(internal="place times code_id"),
    "PastShape": _of(internal="at what title times far by photo_of"),
    "OnPost": _of(public="name kind", internal="id since until instead_of"),
    "ShiftShape": _of(internal="id who title hours on_day every until"),
    "HoursShape": _of(public="days starts ends"),
    "RosterPost": _of(
        public="role_title place on_duty hours now next_duty",
        internal="id may_set_up week oddities",
    ),
    "LeaveShape": _of(internal="id name since until now me may_end deputy"),
    "RosterCard": _of(public="unit_id unit"),
    "PostCardShape": _of(public="unit_id unit", internal="may_badge badge"),
    "OwnDuty": _of(public="role_title unit place hours on_duty answering next_duty phone"),
    "DutyCard": _of(clear="own_phone"),  # to themselves; on the sign by their own word
    "FirmShape": _of(public="estate firm comes comes_at"),
    "FirmCard": _of(public="next"),
    "StepShape": _of(internal="key done have lacking named next"),
    "InspectCard": _of(internal="merchant_id token name has_owner"),
    "LostShape": _of(
        internal="number title points at returns_on missing reversed_at"
    ),  # to the owner alone
    "ShopShape": _of(
        internal="id name place kind_title trade_title duties duties_signed_on band band_title"
        " points full closed next sign"
    ),
    "ShopList": _of(),
    "FoundReceipt": _of(internal="number state state_title title points rectify_by"),
    "MerchantSign": _of(  # a business, and the word its findings come to
        public="id kind name trade_title duties band band_title license_short phone"
        " duties_signed_on"
    ),
    "MerchantLine": _of(
        internal="id name kind_title trade_title place band band_title closed_at old_plaque"
    ),
    "MerchantLines": _of(internal="next"),
    "OwnerShape": _of(internal="id since", masked="phone"),
    "MerchantPage": _of(
        internal="version kind trade duties license_short points full registered_at uscc phone"
        " duties_signed_on sign replace_code"
    ),
    "BulletinLine": _of(public="id kind_title title unit at pinned"),
    "BulletinList": _of(public="next"),
    "BulletinShape": _of(public="kind_title title unit place html at until"),
    "FigureShape": _of(internal="community times"),
    "MindedLine": _of(
        internal="id kind_title title place unit state state_title audiences pinned changed_at"
        " out_at until_at"
    ),
    "MindedList": _of(internal="next"),
    "MindedBulletin": _of(
        internal="source place_id audience_keys version usual_until opened worded_here reason"
        " withdrawn_at"
    ),
    "BulletinCard": _of(),
    "TownShape": _of(public="name sponsor icp police_record phone demo"),
}
