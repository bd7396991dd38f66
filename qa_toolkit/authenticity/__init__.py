"""Whether a credential is what its issuer signed, and whether it was withdrawn: offline.

Nothing is fetched, ever. What cannot be told is "not checked" with its reason; what is not supported is never
"invalid".
"""
