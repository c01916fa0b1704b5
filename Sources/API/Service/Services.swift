// API · what the routes share.
internal import Cryptography
internal import HTTPServer
internal import Node
internal import Vault
internal import Primitives

/// What every group of routes is handed.
struct Services: Sendable {
    let custodian: Custodian
    let configuration: APIConfiguration
    let time: any TimeSource
    let random: any RandomSource
    let tokens: TokenTable
    let callers: CallerFinder
    let metrics: Metrics
    let looks: LookTable
    let errors: ErrorAnswer
    /// A key that nobody has: what assertions of unknown clients are checked against.
    let decoyKey: JWKPublicKey

    init(
        custodian: Custodian, configuration: APIConfiguration, time: any TimeSource, random: any RandomSource
    ) {
        self.custodian = custodian
        self.configuration = configuration
        self.time = time
        self.random = random
        tokens = TokenTable()
        callers = CallerFinder(tokens: tokens, directory: custodian.vault.directory, time: time)
        metrics = Metrics()
        looks = LookTable()
        errors = ErrorAnswer(random: random)
        decoyKey = .okp(SigningKey.random(from: random).publicKey)
    }
}
