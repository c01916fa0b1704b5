// PKCS #11 v2.40, the few calls that keep one AES key for each root. A module is a shared library, found when it runs.
#pragma once
#include <dlfcn.h>
#include <p11-kit-1/p11-kit/pkcs11.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// What is no return value of PKCS #11, all of which fit 32 bits.
static const uint64_t stele_p11_no_module = 0x100000001;
static const uint64_t stele_p11_no_token = 0x100000002;
static const uint64_t stele_p11_no_key = 0x100000003;

#define STELE_P11_ID_BYTES 16
#define STELE_P11_IV_BYTES 12
#define STELE_P11_TAG_BYTES 16

typedef struct {
    CK_FUNCTION_LIST *calls;
    CK_SESSION_HANDLE session;
} stele_p11_session;

// Loads the module at `path`, finds the token called `label`, and logs in. The library stays loaded: others may use it.
static inline uint64_t stele_p11_open(
    const char *path, const char *label, const uint8_t *pin, size_t pin_count, stele_p11_session *session) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return stele_p11_no_module;
    CK_C_GetFunctionList get = (CK_C_GetFunctionList)(uintptr_t)dlsym(library, "C_GetFunctionList");
    if (!get || get(&session->calls) != CKR_OK) return stele_p11_no_module;
    CK_FUNCTION_LIST *calls = session->calls;
    CK_C_INITIALIZE_ARGS arguments;
    memset(&arguments, 0, sizeof arguments);
    arguments.flags = CKF_OS_LOCKING_OK;
    CK_RV code = calls->C_Initialize(&arguments);
    if (code != CKR_OK && code != CKR_CRYPTOKI_ALREADY_INITIALIZED) return code;
    CK_SLOT_ID slots[64];
    CK_ULONG count = 64;
    code = calls->C_GetSlotList(CK_TRUE, slots, &count);
    if (code != CKR_OK) return code;
    size_t length = strlen(label);
    for (CK_ULONG index = 0; index < count; index++) {
        CK_TOKEN_INFO info;
        if (calls->C_GetTokenInfo(slots[index], &info) != CKR_OK) continue;
        // A label is 32 bytes, filled with spaces.
        if (length > sizeof info.label || memcmp(info.label, label, length) != 0) continue;
        int is_filled = 1;
        for (size_t at = length; at < sizeof info.label; at++) is_filled &= info.label[at] == ' ';
        if (!is_filled) continue;
        code = calls->C_OpenSession(
            slots[index], CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session->session);
        if (code != CKR_OK) return code;
        code = calls->C_Login(session->session, CKU_USER, (CK_UTF8CHAR_PTR)pin, pin_count);
        if (code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN) return 0;
        calls->C_CloseSession(session->session);
        return code;
    }
    return stele_p11_no_token;
}

static inline void stele_p11_close(stele_p11_session *session) { session->calls->C_CloseSession(session->session); }

// Makes an AES-256 key that cannot leave the token, under a name of 16 bytes.
static inline uint64_t stele_p11_make_key(stele_p11_session *session, const uint8_t *id) {
    CK_MECHANISM mechanism = {CKM_AES_KEY_GEN, NULL, 0};
    CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
    CK_OBJECT_CLASS secret = CKO_SECRET_KEY;
    CK_KEY_TYPE aes = CKK_AES;
    CK_ULONG length = 32;
    char label[] = "stele root";
    CK_ATTRIBUTE attributes[] = {
        {CKA_CLASS, &secret, sizeof secret},   {CKA_KEY_TYPE, &aes, sizeof aes},
        {CKA_VALUE_LEN, &length, sizeof length}, {CKA_TOKEN, &yes, sizeof yes},
        {CKA_PRIVATE, &yes, sizeof yes},       {CKA_SENSITIVE, &yes, sizeof yes},
        {CKA_EXTRACTABLE, &no, sizeof no},     {CKA_ENCRYPT, &yes, sizeof yes},
        {CKA_DECRYPT, &yes, sizeof yes},       {CKA_LABEL, label, sizeof label - 1},
        {CKA_ID, (void *)id, STELE_P11_ID_BYTES},
    };
    CK_OBJECT_HANDLE key;
    return session->calls->C_GenerateKey(
        session->session, &mechanism, attributes, sizeof attributes / sizeof attributes[0], &key);
}

static inline uint64_t stele_p11_find_key(stele_p11_session *session, const uint8_t *id, CK_OBJECT_HANDLE *key) {
    CK_OBJECT_CLASS secret = CKO_SECRET_KEY;
    CK_ATTRIBUTE attributes[] = {
        {CKA_CLASS, &secret, sizeof secret}, {CKA_ID, (void *)id, STELE_P11_ID_BYTES},
    };
    CK_RV code = session->calls->C_FindObjectsInit(session->session, attributes, 2);
    if (code != CKR_OK) return code;
    CK_ULONG count = 0;
    code = session->calls->C_FindObjects(session->session, key, 1, &count);
    session->calls->C_FindObjectsFinal(session->session);
    if (code != CKR_OK) return code;
    return count == 1 ? 0 : stele_p11_no_key;
}

// AES-256-GCM with a 12-byte nonce and a 16-byte tag at the end of the output.
static inline uint64_t stele_p11_crypt(
    stele_p11_session *session, int encrypts, const uint8_t *id, const uint8_t *nonce, const uint8_t *associated,
    size_t associated_count, const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count) {
    CK_OBJECT_HANDLE key;
    uint64_t found = stele_p11_find_key(session, id, &key);
    if (found) return found;
    CK_GCM_PARAMS parameters;
    memset(&parameters, 0, sizeof parameters);
    parameters.pIv = (CK_BYTE_PTR)nonce;
    parameters.ulIvLen = STELE_P11_IV_BYTES;
    parameters.ulIvBits = STELE_P11_IV_BYTES * 8;
    parameters.pAAD = (CK_BYTE_PTR)associated;
    parameters.ulAADLen = associated_count;
    parameters.ulTagBits = STELE_P11_TAG_BYTES * 8;
    CK_MECHANISM mechanism = {CKM_AES_GCM, &parameters, sizeof parameters};
    // Some modules ask for as much room for a plaintext as its ciphertext takes.
    uint8_t room[512];
    CK_ULONG count = sizeof room;
    if (input_count + STELE_P11_TAG_BYTES > sizeof room) return CKR_DATA_LEN_RANGE;
    CK_RV code = encrypts ? session->calls->C_EncryptInit(session->session, &mechanism, key)
                          : session->calls->C_DecryptInit(session->session, &mechanism, key);
    if (code != CKR_OK) return code;
    code = encrypts ? session->calls->C_Encrypt(session->session, (CK_BYTE_PTR)input, input_count, room, &count)
                    : session->calls->C_Decrypt(session->session, (CK_BYTE_PTR)input, input_count, room, &count);
    if (code == CKR_OK && count != output_count) code = CKR_GENERAL_ERROR;
    if (code == CKR_OK) memcpy(output, room, output_count);
    explicit_bzero(room, sizeof room);
    return code;
}

static inline uint64_t stele_p11_destroy_key(stele_p11_session *session, const uint8_t *id) {
    CK_OBJECT_HANDLE key;
    uint64_t found = stele_p11_find_key(session, id, &key);
    return found ? found : session->calls->C_DestroyObject(session->session, key);
}
