"""What a phone is shown when it scans."""


def test_a_sign_says_where_it_hangs_and_who_answers(phone):
    card = phone.get(f"/codes/{phone.code}").json()
    assert card["code"]["token"] == phone.code
    assert card["place"]["path"][-1] in card["place"]["name"]
    assert {one["role"] for one in card["contacts"]} <= {
        "grid_worker",
        "grid_police",
        "property_manager",
    }
    assert "report" in card["actions"]


def test_a_token_is_read_in_any_case(phone):
    assert phone.get(f"/codes/{phone.code.lower()}").status_code == 200


def test_an_unknown_sign_is_not_there(phone):
    answered = phone.get("/codes/00000000000000000000000000")
    assert answered.status_code == 404
    assert answered.json()["code"] == "code-unknown"


def test_what_is_no_token_is_not_there(phone):
    words = ["'%20OR%201=1--", "%00", "..%2f..%2fetc%2fpasswd", "%F0%9F%98%80", "a" * 500]
    assert [phone.get(f"/codes/{word}").status_code for word in words] == [404] * 5


def test_what_nobody_knows_is_left_out_rather_than_null(phone):
    assert "null" not in phone.get(f"/codes/{phone.code}").text
