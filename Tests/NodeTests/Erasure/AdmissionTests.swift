// Many together or one alone, never both, and nobody waits for ever.
import Node
import Primitives
import Synchronization
import Testing

/// Who is in.
private final class Presence: Sendable {
    let state = Mutex((shared: 0, alone: 0, sharedMost: 0, aloneCount: 0))  // Held to count.
}

@Suite struct AdmissionTests {
    @Test func letsOneInOnlyWhenNobodyElseIs() async {
        let admission = Admission()
        let presence = Presence()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<400 {
                group.addTask {
                    if index % 20 == 0 {
                        await admission.alone { () async -> Void in
                            presence.state.withLock {
                                #expect($0.shared == 0 && $0.alone == 0)
                                $0.alone += 1
                            }
                            await Task.yield()
                            presence.state.withLock {
                                #expect($0.shared == 0)
                                $0.alone -= 1
                                $0.aloneCount += 1
                            }
                        }
                    } else {
                        await admission.shared { () async -> Void in
                            presence.state.withLock {
                                #expect($0.alone == 0)
                                $0.shared += 1
                                $0.sharedMost = max($0.sharedMost, $0.shared)
                            }
                            await Task.yield()
                            presence.state.withLock { $0.shared -= 1 }
                        }
                    }
                }
            }
        }
        let end = presence.state.withLock { $0 }
        #expect(end.shared == 0 && end.alone == 0 && end.aloneCount == 20 && end.sharedMost > 1)
    }
}
