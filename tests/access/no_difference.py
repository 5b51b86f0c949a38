"""Clauses that change nothing for anybody who asks here when they are left out, by the reason."""

# Each reason, and the rules as `mutants.py` names them.
BY_REASON = {
    "the page and the move ask again how its viewer stands to the case": """
        cases.dossiers.find_dossier without row is None
        cases.dossiers.find_dossier without case is None
        cases.dossiers._before without not viewer.is_staff
        views.case.page_of without lens is None
        views.case._before without lens != 'work'
    """,
    "of who keeps a shop no name is written; it is for what was written once": """
        views.people.who_shape without by in OUTSIDE_ROLES
    """,
    "what no case can be called is not found either": """
        cases.dossiers.find_dossier without not valid_number(number)
    """,
    "of what is found only what may be seen, or is one's own, is taken": """
        cases.dossiers._before without o.place_id = c.place_id
        cases.dossiers._before without o.category = c.category
        cases.dossiers._unread without i.case_id = c.id1
    """,
    "of praise the write itself asks again, or what was found has asked before": """
        praise.deciding._waiting without row['state'] != 'waiting'
        praise.deciding._waiting without row is None
        praise.actions.withdraw without row['state'] == 'withdrawn'
        praise.actions.withdraw without 'account_id'
        praise.actions.withdraw without 'state'
    """,
    "who puts a plaque up is asked again, by role and ground, and told the same": """
        GET /c/<token>/mount without a post
        GET /c/<token>/mount without a role
        POST /c/<token>/mount without a post
        POST /c/<token>/mount without a role
    """,
    "who may reclassify may do so either way; whose it is then, the flow's own stories ask": """
        classify is not for grid_leader where about_people is set
        classify is not for grid_worker where about_people is set
        classify is not for grid_leader where straight_on is set
        classify is not for grid_worker where straight_on is set
    """,
    "where a case waits or hangs here, work on it had begun; the flow's own stories ask": """
        withdraw is for anyone where before sign|self_handle
    """,
    "where nobody holds a key, none opens it": """
        contact.queries._is_resident without conversation.key_hash is None or not viewer.keys
        contact.queries._is_resident without conversation.key_hash is None
        contact.queries._is_resident without not viewer.keys
    """,
    "of a conversation, a photo is nobody's then: less is shown": """
        miniapp_api.photos._may_see without photo.conversation_id is not None
    """,
    "whoever holds a row is a party of the case, and sees as much": """
        owner sees nothing
        holder sees nothing
        assist sees nothing
        extend_ask sees nothing
        hang_ask sees nothing
        cases.sight.relations._rows_of without _is_post_of(row, posts)
    """,
    "nobody sees a case by visiting its sign, only that it is there": """
        visitor sees nothing
    """,
    "nothing on it could be missing": """
        GET /mine without hiding
        GET /mine/conversations without hiding
        GET /m/v1/conversations without hiding
    """,
    "whoever makes the list, and the address, both ask for the role": """
        POST /desk/export without a post
        POST /desk/export without a role
        views.export.export_list without not viewer.holds(*EXPORT_ROLES)
    """,
    "a complaint about a post is one about its unit": """
        cases.sight.relations.accused without post.id == case.about_post_id
        cases.sight.relations.is_caller without case.about_post_id in viewer.post_ids
    """,
    "who rang may still ring": """
        cases.sight.relations.relations without _among(case.parties, 'caller', posts)
    """,
    "a post always has an id, a key a hash, a case and its rows somebody": """
        cases.sight.relations._is_post_of without row.post_id is not None
        cases.sight.relations._is_person_of without row.key_hash is not None
        cases.queries.find_number without case is not None
        views.case._merged_into without case.merged_into_id is None
        flows.standing._holding without row.holder is None
        flows.parts.Mover.holds without holder is None
        flows.parts.Mover.holds without holder.post_id
    """,
    "who holds alone watches over the place": """
        cases.sight.relations._is_post_of without row.post_id is not None and post.id == row.post_id
    """,
    "a party by post sees the same in any relation": """
        cases.sight.relations._among without one.relation == relation
        cases.sight.scope.in_their_hands without p.relation IN ('holder', 'filer', 'caller')
    """,
    "asked of own and work alone, and her own page does not ask": """
        cases.sight.lenses.sees_raiser without lens == 'work'
        cases.sight.lenses.sees_raiser without lens == 'own'
    """,
    "without a post there is no area, no unit and no row: nothing is listed": """
        cases.sight.scope.may_see without not viewer.posts
        cases.queries.list_todo without not ways
        cases.queries._todo_ways without not hands
        cases.sight.movers.mover_of without not alone.posts
    """,
    "whoever sees nothing of a case sees neither its raiser nor its photos": """
        cases.unmasking._post_that_opens without lens is None
        cases.sight.pictures.may_see_photo without case is None or lens is None
        cases.sight.pictures.may_see_photo without case is not None
        cases.sight.pictures.may_see_photo without case is None
        cases.sight.pictures.may_see_photo without lens is None
        cases.sight.pictures.may_see_photo without lens == 'progress'
    """,
    "the address asks for the role, and nobody here has such a post beside one of another kind": """
        contact.canned.rules.edited_units without post.role in EDITING_ROLES
    """,
    "the address takes the names of no other values": """
        cases.unmasking.unmask without field not in FIELDS
    """,
    "whoever opens nothing was refused before, having no post for it": """
        trust.unmask.unmask without limit is None or look.by.account_id is None
        trust.unmask.unmask without limit is None
        trust.unmask.unmask without look.by.account_id is None
    """,
    "nobody here both asks and stands above; the desk's own stories ask (tests/cases)": """
        grant_extend is for the extend_asker as well
        grant_hang is for the hang_asker as well
    """,
    "an appeal goes to a post of the street, which may decide it anyway": """
        uphold is not for owner
        reverse is not for owner
        uphold is not for street_dispatcher
        reverse is not for street_dispatcher
    """,
    "whoever has or had it is a party of it; whoever found it sits in the unit of these": """
        owner sees nothing of a merchant_inspection
        holder sees nothing of a merchant_inspection
        grid_worker sees nothing of a merchant_inspection
        grid_leader sees nothing of a merchant_inspection
        community_secretary sees nothing of a merchant_inspection
    """,
    "no other post has a shop; of what a shop's had, its keeper may see all": """
        merchants.queries.owned_by without not held
        merchants.queries.owned_by without post.role == ROLE
        cases.queries.list_with_post without p.relation = 'holder'
        cases.queries.list_with_post without c.flow = 1
        cases.queries.list_with_post without c.live = 3
        cases.queries.list_with_post without (7)
    """,
    "a shop that is found at its place trades; without an item it is 422 as well": """
        merchants.inspections.finding.inspect without merchant.closed_at is not None
        merchants.inspections.finding.inspect without known is None
    """,
    "its states have names of their own, and one that ended is no secret": """
        cases.queries.list_open_of without c.flow = 1
        cases.queries.list_open_of without c.state IN 3
        cases.queries.list_open_of without not one.end
    """,
    "of what an office opened nobody is asked for a receipt here, but in tests/merchants": """
        cases.sight.receipts.key_to_print without case.raiser_gone
    """,
    "who raised a report for herself is not written down as its maker": """
        cases.sight.receipts.key_to_print without not is_filer(case, viewer)
    """,
    "of what is found only what was asked for, or may be seen, is taken": """
        cases.queries._seen_among without c.3 IN 5
    """,
    "nobody is shown the sign as it hangs there": """
        cases.queries.list_mine_here without who is None
    """,
    "who joined sees no line of what was said on the phone": """
        cases.sight.history.said_by_resident without event.move in BY_PHONE
    """,
    "the ways of making a move are narrowed alike": """
        cases.sight.history.sees_event without move.seen
    """,
    "says how it stood or until when, and nothing of anybody": """
        views.timeline._line without event.no == 0
        views.timeline._line without event.body['to'] != event.body['from']
        views.timeline._line without moved
        views.items.case_item without cases.next_deadline(case, row)
        views.items.case_item without cases.next_deadline(case)
        views.items.case_item without deadline.due_at
        views.items.case_item without moves
        flows.engine.offered without len(open_rows) > 1
    """,
    "what is kept is what would be reckoned anew": """
        flows.engine.offered without flow.always_asks.get(id(move))
    """,
    "where nothing is, nothing is found by looking either": """
        cases.unmasking.unmaskable without left
    """,
    "whoever exports a list handles what is on it": """
        views.export._line without words
    """,
    "under which of their posts somebody did it is put on record, and shown to nobody here": """
        views.export._record without post.role in EXPORT_ROLES
        cases.clerks.callback.phone_to_call without post.role in CALLER_ROLES
    """,
    "a resident's move has no name on it": """
        privacy.copies._move without event.by_post_id is not None
    """,
    "the move asks for the role at the place as well": """
        cases.sight.movers._stands_above without post.here
    """,
    "of moves that are given to nobody nothing is refused": """
        flows.engine._refuse_the_accused without 'given' not in move.holder
    """,
    "a place where there is no post, or none, and no time are among what is wrong": """
        catalogue.outages.announce without wrong
        catalogue.outages.announce without post is None
        catalogue.outages.announce without ground is None
        catalogue.outages.announce without until is None
    """,
    "nobody who publishes there raised or joined a case, and none happened in a home": """
        results.queries.publishing without cases.lens_of(case, viewer) != 'work'
        results.queries.publishing without ground.kind in AT_HOME
    """,
    "what is withdrawn is not public any more": """
        results.queries.shown_copy without row['copy_id'] is None
    """,
    "what was made, or is over, stays so": """
        catalogue.outages.announce without made is None
        catalogue.outages.end without 'ended_at'
        people.signing_in.sessions.end_own_session without 'ended_at'
    """,
    "how one's own is named, how many there are, or what one has already": """
        photos.actions.claim without len(wanted) > MAX_PHOTOS
        cases.clerks.filters.keep_filter without not title
        cases.clerks.filters.keep_filter without known is None and len(kept) >= MOST_KEPT
        cases.clerks.filters.keep_filter without known is None
        people.signing_in.sessions.list_sessions without not is_over(row['kind'],\
 began=row['created_at'], used=used, ends=row['expires_at'], now=now)
        miniapp_api.photos._picture without is_known(request, etag)
    """,
    "what one may do with one's own account the deed asks again": """
        views.me.me without resident
        views.me.me without sms.is_configured()
    """,
    "opens nothing: no report could be made": """
        flows.standing._as without word == ANYONE
    """,
    "nobody comes as the flow or a clock, and no move is for those of a lane": """
        flows.standing._as without word not in (FLOW, CLOCK)
        flows.standing._as without one.lane == word and one.live\
 and (acting := _holding(one, word, who))
        flows.standing._as without word in flow.lanes
        flows.standing._as without one.lane == word
        flows.standing._as without one.live
        flows.standing._as without (acting := _holding(one, word, who))
    """,
}


def _named(line: str) -> str:
    """A function by its whole name."""
    inside = line.partition(" ")[0].count(".") > 1 and not line.startswith("miniapp_api")
    return f"server.{line}" if inside else line


NO_DIFFERENCE = {
    _named(line.strip()): reason
    for reason, lines in BY_REASON.items()
    for line in lines.strip().splitlines()
}
