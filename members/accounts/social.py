"""Identity providers of municipalities: each may speak for the addresses of its own domains, no others."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class SocialAdapter(DefaultSocialAccountAdapter):
    """What an identity provider says counts only where it is at home."""

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Of what the provider calls confirmed, keep only addresses of its own domains."""
        for address in sociallogin.email_addresses:
            address.verified = address.verified and self.can_authenticate_by_email(sociallogin, address.email)

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Whether this provider may open the account that has confirmed this address."""
        domains = login.provider.app.settings.get("domains", [])
        return email.rpartition("@")[2].lower() in domains
