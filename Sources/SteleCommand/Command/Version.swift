// SteleCommand · which program this is.

/// The version of this program and of what it writes.
public enum Version {
    /// The version, by semver.org.
    public static let number = "0.1.0"
    /// The format of data directories it reads and writes.
    public static let dataFormat = 3
}
