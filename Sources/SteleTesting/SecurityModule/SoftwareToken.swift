// SteleTesting · a security module in software, with one token, for tests that need a real one.
public import Cryptography
internal import Glibc

/// SoftHSM with a token in a folder of its own. The module is initialized once in a process and reads its tokens then,
/// so there is one for all tests, made before anybody asks; nodes that a test starts find it by the environment.
public enum SoftwareToken {
    /// The module, where Debian installs it.
    public static let path = "/usr/lib/softhsm/libsofthsm2.so"
    /// The token's label.
    public static let label = "stele tests"
    /// The PIN of its user.
    public static let pin = "4711-8150"

    /// Whether SoftHSM is installed.
    public static var isInstalled: Bool { unsafe access(path, R_OK) == 0 }

    /// The token, ready to be used; nil if it could not be made.
    public static let shared: SecurityModule? = make()

    /// The same token, asked with another PIN or label.
    public static func module(label: String = label, pin: String = pin) -> SecurityModule? {
        shared.map { SecurityModule(path: $0.path, token: label, pin: SecretBytes(pin.utf8)) }
    }

    /// How many objects the token holds: itself and each key.
    public static var objectCount: Int {
        var found = unsafe glob_t()
        defer { unsafe globfree(&found) }
        return unsafe glob(folder + "/tokens/*/*.object", 0, nil, &found) == 0 ? Int(found.gl_pathc) : 0
    }

    private static var folder: String { "/tmp/stele-softhsm-\(getpid())" }

    private static func make() -> SecurityModule? {
        let configuration = folder + "/softhsm2.conf"
        let commands = """
            mkdir -p \(folder)/tokens
            printf 'directories.tokendir = %s/tokens\\nlog.level = ERROR\\n' \(folder) > \(configuration)
            exec softhsm2-util --init-token --free --label '\(label)' --so-pin 8150-4711 --pin \(pin) >/dev/null
            """
        unsafe setenv("SOFTHSM2_CONF", configuration, 1)
        guard unsafe system(commands) == 0 else { return nil }
        return SecurityModule(path: path, token: label, pin: SecretBytes(pin.utf8))
    }
}
