// stele · the command. Everything it does is in SteleCommand.
import SteleCommand

@main
struct Stele {
    static func main() async { await CommandTool.main() }
}
