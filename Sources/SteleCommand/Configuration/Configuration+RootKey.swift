// SteleCommand · where a configuration says that the root key is.
internal import Cryptography
internal import Primitives
internal import Vault

extension Configuration {
    /// The root key's file, at `path` if it is given, else where the configuration says.
    /// - Throws: what the file of the security module's PIN says.
    func rootKeyFile(at path: String? = nil) throws(SteleError) -> RootKeyFile {
        let path = path ?? resolve(rootKey)
        guard let place = securityModule else { return RootKeyFile(path) }
        var pin = try InputFile(resolve(place.pin)).readSecret("security module's PIN", byteCountMax: 256)
        while pin.last == UInt8(ascii: "\n") { pin.removeLast() }
        let module = SecurityModule(path: place.path, token: place.token, pin: SecretBytes(wiping: &pin))
        return RootKeyFile(path, module: module)
    }
}
