// SteleCommand · which verbs there are.

extension CommandTool {
    /// Every verb of `stele`, in the order the help lists them.
    public static var standardVerbs: [any Verb] {
        [
            InitVerb(),
            VerifyVerb(),
            VersionVerb(),
        ]
    }
}
