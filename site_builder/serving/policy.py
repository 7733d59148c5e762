"""What every answer says to browsers, whatever server gives it.

The browser tests serve the site under the same policy, so it is one that the site really meets.
"""

POLICY = "; ".join(
    [
        "default-src 'none'",
        *(
            f"{kind}-src 'self'"
            for kind in ("script", "style", "img", "connect", "worker", "font", "manifest")
        ),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""What pages may load and do; nothing that is inline, nothing of another host."""
HEADERS = {
    # Without includeSubDomains: other sites below this name are not ours to decide for.
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # Reading aloud, sharing and copying need no entry here. Only names that every browser knows:
    # of others it complains on the console.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Headers of every answer, errors included."""
FOREVER = "public, max-age=31536000, immutable"
ASKED_AGAIN = "no-cache"
"""Kept, but shown only after the server was asked whether it is still the newest."""
