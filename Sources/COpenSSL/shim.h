// OpenSSL 3, libcrypto only. TLS for the server comes with libmicrohttpd.
#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/md5.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// One fetched digest a process and one context a thread: a digest of 65 bytes then costs about a third of the one-shot
// call, which fetches the algorithm anew each time. Swift cannot declare thread-locals, so this lives here.
// Hashes head ‖ bytes, so that a prefix or a key block costs no copy.
static inline int stele_sha256(
    const uint8_t *head, size_t head_count, const uint8_t *bytes, size_t count, uint8_t digest[32]) {
    static EVP_MD *algorithm;
    static __thread EVP_MD_CTX *context;
    EVP_MD *fetched = __atomic_load_n(&algorithm, __ATOMIC_ACQUIRE);
    if (!fetched) {
        fetched = EVP_MD_fetch(NULL, "SHA256", NULL);
        if (!fetched) return 0;
        EVP_MD *expected = NULL;
        if (!__atomic_compare_exchange_n(&algorithm, &expected, fetched, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            EVP_MD_free(fetched);
            fetched = expected;
        }
    }
    if (!context) {
        context = EVP_MD_CTX_new();
        if (!context || EVP_DigestInit_ex2(context, fetched, NULL) != 1) return 0;
    } else if (EVP_DigestInit_ex2(context, NULL, NULL) != 1) {
        return 0;
    }
    unsigned int length = 32;
    if (head_count > 0 && EVP_DigestUpdate(context, head, head_count) != 1) return 0;
    if (count > 0 && EVP_DigestUpdate(context, bytes, count) != 1) return 0;
    return EVP_DigestFinal_ex(context, digest, &length) == 1;
}

// The first eight bytes of the MD5, SHA-1, SHA-256 and SHA-512 digests of bytes. Millions are made at each start, so
// this takes the plain functions, which OpenSSL 3 calls deprecated: through EVP each costs twice as much.
static inline void stele_plain_digest_heads(const uint8_t *bytes, size_t count, uint64_t heads[4]) {
    uint8_t digest[64];
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    MD5_CTX md5;
    MD5_Init(&md5);
    MD5_Update(&md5, bytes, count);
    MD5_Final(digest, &md5);
    memcpy(&heads[0], digest, 8);
    SHA_CTX sha1;
    SHA1_Init(&sha1);
    SHA1_Update(&sha1, bytes, count);
    SHA1_Final(digest, &sha1);
    memcpy(&heads[1], digest, 8);
    SHA256_CTX sha256;
    SHA256_Init(&sha256);
    SHA256_Update(&sha256, bytes, count);
    SHA256_Final(digest, &sha256);
    memcpy(&heads[2], digest, 8);
    SHA512_CTX sha512;
    SHA512_Init(&sha512);
    SHA512_Update(&sha512, bytes, count);
    SHA512_Final(digest, &sha512);
    memcpy(&heads[3], digest, 8);
#pragma clang diagnostic pop
}

// A macro of an or-expression, which Swift does not import: the parts of a public key.
static const int stele_public_key_selection = EVP_PKEY_PUBLIC_KEY;
