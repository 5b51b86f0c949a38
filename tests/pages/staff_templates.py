"""The templates that staff alone are shown, beside those of rosters."""

STAFF_TEMPLATES = set(
    "work.html desk.html filing.html callbacks.html call.html desk_talk.html outages.html "
    "screening.html screening_odd.html screening_figures.html town.html town_import.html art.html "
    "bulk.html bulk_done.html sheet.html paper_receipt.html merchants.html merchant_new.html "
    "merchant.html codes.html codes_new.html batch.html "
    "code.html mount.html plaques.html stations.html station_new.html station.html "
    "publish.html publish_photo.html replies.html".split()
)
