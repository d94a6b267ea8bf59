"""Who may come in by which address. A route without an entry here fails the tests.

The table says what a route promises; `tests/contract/test_access.py` holds it to that, for every
reader, audience and state. It grants nothing by itself: views ask `visible_to(reader)`.
"""

from enum import StrEnum


class Access(StrEnum):
    """What a route promises."""

    # The same bytes for everybody, for it shows nothing that has an audience.
    PUBLIC = "public"
    # Shows each reader what they may see; what they may not see leaves no trace.
    READER = "reader"
    # Asks those who have not signed in to do so, whether the thing exists or not.
    SIGNED_IN = "signed in"
    # Signing up and in: for whoever comes, with the same answer whether an account exists or not.
    DOOR = "door"
    # For members; to everybody else it does not exist.
    MEMBERS = "members"
    # Whoever has the signed address, with the rights of the person it was made for, asked anew each time.
    TOKEN = "token"  # noqa: S105 - not a secret, the name of a promise


ROUTES: dict[str, Access] = {
    "sitemap": Access.PUBLIC,
    "robots": Access.PUBLIC,
    # The demo's own mailbox, which no other installation has.
    "demo:mailbox": Access.PUBLIC,
    "demo:mail": Access.PUBLIC,
    "components": Access.PUBLIC,
    "component": Access.PUBLIC,
    "privacy": Access.PUBLIC,
    "wagtaildocs_serve": Access.READER,
    "rendition": Access.READER,
    "wagtail_serve": Access.READER,
    # Wagtail's own passwords for pages and collections, which this site does not use, and its login.
    "wagtaildocs_authenticate_with_password": Access.PUBLIC,
    "wagtailcore_authenticate_with_password": Access.PUBLIC,
    "wagtailcore_login": Access.PUBLIC,
    "page_sign_in": Access.DOOR,
    "account_login": Access.DOOR,
    "account_request_login_code": Access.DOOR,
    "account_confirm_login_code": Access.DOOR,
    "account_signup": Access.DOOR,
    "account_inactive": Access.DOOR,
    "account_logout": Access.DOOR,
    "account_email_verification_sent": Access.DOOR,
    "account_confirm_email": Access.TOKEN,
    "account_reset_password": Access.DOOR,
    "account_reset_password_done": Access.DOOR,
    "account_reset_password_from_key": Access.TOKEN,
    "account_reset_password_from_key_done": Access.DOOR,
    "account_email": Access.SIGNED_IN,
    "account_change_password": Access.SIGNED_IN,
    "account_set_password": Access.SIGNED_IN,
    "account_reauthenticate": Access.SIGNED_IN,
    "account_request_reauthentication_code": Access.SIGNED_IN,
    "account_confirm_reauthentication_code": Access.SIGNED_IN,
    "mfa_authenticate": Access.DOOR,
    "mfa_login_webauthn": Access.DOOR,
    "mfa_index": Access.SIGNED_IN,
    "mfa_reauthenticate": Access.SIGNED_IN,
    "mfa_activate_totp": Access.SIGNED_IN,
    "mfa_deactivate_totp": Access.SIGNED_IN,
    "mfa_view_recovery_codes": Access.SIGNED_IN,
    "mfa_generate_recovery_codes": Access.SIGNED_IN,
    "mfa_download_recovery_codes": Access.SIGNED_IN,
    "mfa_list_webauthn": Access.SIGNED_IN,
    "mfa_add_webauthn": Access.SIGNED_IN,
    "mfa_reauthenticate_webauthn": Access.SIGNED_IN,
    "mfa_remove_webauthn": Access.SIGNED_IN,
    "mfa_edit_webauthn": Access.SIGNED_IN,
    "openid_connect_login": Access.DOOR,
    "openid_connect_callback": Access.DOOR,
    "socialaccount_login_cancelled": Access.DOOR,
    "socialaccount_login_error": Access.DOOR,
    "socialaccount_signup": Access.DOOR,
    "socialaccount_connections": Access.SIGNED_IN,
    "usersessions_list": Access.SIGNED_IN,
    "members:welcome": Access.SIGNED_IN,
    "members:join_requests": Access.SIGNED_IN,
    "members:take_back_request": Access.SIGNED_IN,
    "members:decide_request": Access.SIGNED_IN,
    "members:accept_invitation": Access.SIGNED_IN,
    "members:desk": Access.SIGNED_IN,
    "members:desk_act": Access.SIGNED_IN,
    "members:desk_change": Access.SIGNED_IN,
    "members:invitation": Access.TOKEN,
    "members:domain_link": Access.TOKEN,
    "members:end_session": Access.SIGNED_IN,
    "members:account": Access.SIGNED_IN,
    "members:leave_municipality": Access.SIGNED_IN,
    "members:account_data": Access.SIGNED_IN,
    "members:download_data": Access.SIGNED_IN,
    "members:ask_to_merge": Access.SIGNED_IN,
    "members:merge": Access.SIGNED_IN,
    "members:close_account": Access.SIGNED_IN,
    "members:person": Access.MEMBERS,
    "members:audit": Access.SIGNED_IN,
    "members:groups": Access.SIGNED_IN,
    "members:found_group": Access.SIGNED_IN,
    "members:group": Access.SIGNED_IN,
    "members:group_act": Access.SIGNED_IN,
    "members:regions": Access.PUBLIC,
    "members:region": Access.READER,
    "library:people": Access.SIGNED_IN,
    "library:offer": Access.SIGNED_IN,
    "library:write_to": Access.SIGNED_IN,
    "library:service_areas": Access.PUBLIC,
    "library:service_area": Access.READER,
    "authoring:start": Access.SIGNED_IN,
    "authoring:from_document": Access.SIGNED_IN,
    # Whoever may write on the item; to everybody else who has signed in it does not exist.
    "authoring:edit": Access.SIGNED_IN,
    "authoring:card": Access.SIGNED_IN,
    "authoring:act": Access.SIGNED_IN,
    "authoring:preview": Access.SIGNED_IN,
    "authoring:review": Access.SIGNED_IN,
    "authoring:review_act": Access.SIGNED_IN,
    "authoring:looking": Access.SIGNED_IN,
    # The draft as it was sent to one address, until the link ends.
    "authoring:clear": Access.TOKEN,
    "authoring:editions": Access.READER,
    "adoptions:adopt": Access.SIGNED_IN,
    "adoptions:record": Access.READER,
    "adoptions:erase": Access.SIGNED_IN,
    "adoptions:thanks": Access.SIGNED_IN,
    "discussions:questions": Access.READER,
    "discussions:ask": Access.SIGNED_IN,
    "discussions:question": Access.READER,
    "discussions:comment": Access.READER,
    "discussions:thread": Access.READER,
    "discussions:comment_history": Access.READER,
    "discussions:comment_file": Access.READER,
    "discussions:add_comment": Access.SIGNED_IN,
    "discussions:edit_comment": Access.SIGNED_IN,
    "discussions:comment_act": Access.SIGNED_IN,
    "discussions:preview_comment": Access.SIGNED_IN,
    "discussions:people_to_mention": Access.SIGNED_IN,
    "discussions:kept_texts": Access.SIGNED_IN,
    "discussions:report": Access.SIGNED_IN,
    "discussions:moderation": Access.SIGNED_IN,
    "discussions:case": Access.SIGNED_IN,
    "discussions:decide": Access.SIGNED_IN,
    "discussions:suspended": Access.SIGNED_IN,
    "discussions:lift": Access.SIGNED_IN,
    "discussions:check_first_post": Access.SIGNED_IN,
    "discussions:first_posts": Access.SIGNED_IN,
    "discussions:about_mine": Access.SIGNED_IN,
    "search:results": Access.READER,
    "search:browse": Access.READER,
    # Shared by feed readers and their caches: what anonymous readers see, whoever asks.
    "search:feed": Access.PUBLIC,
    "search:suggest": Access.READER,
    "search:compare": Access.READER,
    "search:similar": Access.READER,
    "notifications:searches": Access.SIGNED_IN,
    "notifications:save": Access.SIGNED_IN,
    "notifications:change": Access.SIGNED_IN,
    "notifications:feed": Access.TOKEN,
    "notifications:stop": Access.TOKEN,
}
