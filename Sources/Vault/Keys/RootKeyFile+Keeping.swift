// Vault · a root key file whose key is replaced: the next one beside it, the old one overwritten.
public import Primitives
internal import Cryptography
internal import Storage

extension RootKeyFile: RootKeeper {
    /// The file of the next root while an epoch ends.
    private var next: RootKeyFile { RootKeyFile(path + ".next", module: module, random: random) }

    /// The roots there are: the one in force and, after a crash while an epoch ended, the next one. The first alone may
    /// be unreadable then, because it was being destroyed.
    ///
    /// - Throws: ``SteleError`` with code `keys.root_missing` or `keys.root_malformed` when there is none.
    public func candidates() throws(SteleError) -> [RootKey] {
        guard try next.exists() else { return [try load()] }
        let prepared = try? next.load()
        do {
            return [try load()] + [prepared].compactMap(\.self)
        } catch {
            guard let prepared else { throw error }
            return [prepared]
        }
    }

    public func prepare(_ next: RootKey) throws(SteleError) {
        // One that was prepared before and never used goes only when this one is there.
        let former = try self.next.sealedContent()
        try self.next.write(next)
        if let module, let former { try module.destroyKey(of: former) }
    }

    public func adopt(_ next: RootKey) throws(SteleError) {
        // Nothing to destroy: it was done before, or the crash came after it.
        if try !self.next.exists(), let kept = try? load(), kept == next { return }
        if try !self.next.exists() { try self.next.write(next) }
        // In place first, because replacing a file leaves the old one's bytes where they are. A device that writes
        // elsewhere when it is told to overwrite keeps them still; keep the file on one that does not.
        try destroyModuleKey()
        try OverwrittenFile(path).destroy()
        try self.next.takePlace(of: path)
    }

    public func settle(onEpoch epoch: UInt32) throws(SteleError) {
        let candidates = try candidates()
        guard try next.exists() else { return }
        if let prepared = try? next.load(), prepared.epoch == epoch { return try adopt(prepared) }
        guard candidates[0].epoch == epoch else { return }
        try next.destroyModuleKey()
        try OverwrittenFile(next.path).destroy()
        try AtomicFile(next.path).remove()
    }

    private func takePlace(of path: String) throws(SteleError) { try AtomicFile(self.path).rename(to: path) }
}
