using System.CommandLine;
using IncidentDesk.Testing;
using IncidentDesk.Web.Operator;
using Xunit;

namespace IncidentDesk.Web.Tests.Access;

/// <summary>The operator's commands ask nobody who they are: each is known, and said to need the server's console.</summary>
public sealed class OperatorCommandTests
{
    private static readonly string[] NeedTheConsole = ["admin create", "admin unlock", "evidence", "examples load", "import", "keys rotate", "postmortem export", "postmortem import", "serve", "token create"];

    [Fact]
    public void Every_command_stands_in_the_list() => Assert.Equal(NeedTheConsole, Leaves(DeskCommand.Tree([])).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("security.md", "server's console only")]
    [InlineData("security.es.md", "solo en la consola del servidor")]
    public async Task The_guide_says_so_of_each(string guide, string words)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "guide", guide));
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.All(NeedTheConsole, command => Assert.Contains($"`desk {command}`", text, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Leaves(Command command) => command.Subcommands.SelectMany(sub =>
        sub.Subcommands.Count == 0 ? [sub.Name] : Leaves(sub).Select(name => $"{sub.Name} {name}"));
}
