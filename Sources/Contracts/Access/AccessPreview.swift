// Contracts · access: what would be decided, found by the function that decides.
public import Ledger
public import Primitives

/// Shows beforehand what ``AccessRequest`` and ``AccessOverride`` will enforce; they call the same function.
public enum AccessPreview {
    /// What the policy of `subject` says to `question`, or nil if the subject is not registered.
    ///
    /// - Parameter state: the committed state, or the state as a running transaction sees it.
    /// - Complexity: a scan of the subject's policy when `state` has not seen it yet; then one look at each grant.
    public static func decide(
        _ question: ConsentQuestion, about subject: SubjectID, in state: StateView
    ) throws(SteleError) -> Decision? {
        guard let policy = try policy(of: subject, in: state) else { return nil }
        return ConsentEvaluator.decide(question, under: policy)
    }

    /// The policy of `subject`, or nil if the subject is not registered.
    public static func policy(of subject: SubjectID, in state: StateView) throws(SteleError) -> ConsentPolicy? {
        try ConsentState.consent(of: subject, in: state)?.policy
    }
}
