using System.Text;
using IncidentDesk.Import;
using Xunit;

namespace IncidentDesk.Tests.Import;

/// <summary>Short ways to write a file and to look at what became of it.</summary>
internal static class Sample
{
    public const string Header = "utc,event,category,source_url,precision,stated_time\n";

    public static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    public static ParsedFile Csv(string text) => TimelineFile.Parse(Encoding.UTF8.GetBytes(text), TimelineFormat.Csv, Now);

    public static ParsedFile Rows(params string[] rows) => Csv(Header + string.Join('\n', rows));

    public static ParsedFile Markdown(string text) => TimelineFile.Parse(Encoding.UTF8.GetBytes(text), TimelineFormat.Markdown, Now);

    public static ImportLine Only(this ParsedFile file)
    {
        Assert.Empty(file.Problems);
        return Assert.Single(file.Lines);
    }

    public static (int Line, string Code) Problem(this ParsedFile file)
    {
        var problem = Assert.Single(file.Problems);
        return (problem.Line, problem.Code);
    }

    public static IEnumerable<object> Args(this ParsedFile file) => Assert.Single(file.Problems).Args;

    public static DateTime Utc(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}
