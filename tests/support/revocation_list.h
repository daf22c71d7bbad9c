#pragma once

namespace cumulite::test {

/// A list that revokes one certificate, made with openssl ca -gencrl.
inline constexpr const char* kRevocationList =
    "-----BEGIN X509 CRL-----\n"
    "MIG7MGMCAQEwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBQRcNMjYxMTIxMjE0ODE0\n"
    "WhgPMjEyNjEwMjgyMTQ4MTRaMBQwEgIBBRcNMjYxMTIxMjE0ODE0WqAOMAwwCgYD\n"
    "VR0UBAMCAQEwCgYIKoZIzj0EAwIDSAAwRQIhAOSFp3cueAO05zJSJzPTvAhy9+ky\n"
    "E3QQQ5HqAJ4xTFtlAiBNvqLkNm8pukl8AiPdPobbctzxkNqqqtGDKpgzmEAgRA==\n"
    "-----END X509 CRL-----\n";

}  // namespace cumulite::test
