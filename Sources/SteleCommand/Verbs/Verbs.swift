// SteleCommand · which verbs there are.

extension CommandTool {
    /// Every verb of `stele`, in the order the help lists them.
    public static var standardVerbs: [any Verb] {
        [
            InitVerb(),
            ServeVerb(),
            DemoVerb(),
            ImportVerb(),
            TokenVerb(),
            GrantVerb(),
            PreviewVerb(),
            RevokeVerb(),
            SignVerb(),
            AssistVerb(),
            EpisodeOpenVerb(),
            EpisodeEndVerb(),
            EmergencyOpenVerb(),
            ReviewListVerb(),
            ReviewCloseVerb(),
            ReadVerb(),
            LogVerb(),
            AccessesVerb(),
            ExportVerb(),
            VerifyVerb(),
            InspectVerb(),
            BackupVerb(),
            RestoreVerb(),
            UpgradeVerb(),
            EraseVerb(),
            HoldVerb(),
            KeysRootVerb(), KeysNodeVerb(),
            KeysPatientVerb(), KeysConsentVerb(), KeysPolicyVerb(),
            WitnessInitVerb(),
            WitnessServeVerb(),
            ActorAddVerb(),
            ActorRotateVerb(),
            ActorRevokeVerb(),
            ActorSuspendVerb(),
            ActorResumeVerb(),
            ActorListVerb(),
            VersionVerb(),
        ] + ContractVerb.all
    }
}
