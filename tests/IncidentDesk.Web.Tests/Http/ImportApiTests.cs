using System.Net;
using System.Text;
using IncidentDesk.Testing;
using IncidentDesk.Web.Tests.Hosting;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class ImportApiTests
{
    private const string Header = "utc,event,category,source_url,precision,stated_time\n";

    // The desk's words for the precisions of the files.
    private static readonly Dictionary<string, string> Precisions = new(StringComparer.Ordinal)
    {
        ["minute"] = "exact",
        ["approx"] = "about",
        ["derived"] = "about",
        ["ambiguous-tz"] = "about",
        ["hour"] = "hour",
        ["day"] = "day",
        ["before"] = "before",
        ["after"] = "after",
        ["order-only"] = "order-only",
    };

    public static TheoryData<Engine, string> Files()
    {
        var data = new TheoryData<Engine, string>();
        foreach (var file in Directory.GetFiles(Path.Combine(Checkout.Root, "tests", "data", "timelines"), "*.csv").Order(StringComparer.Ordinal))
            foreach (var engine in Enum.GetValues<Engine>()) data.Add(engine, Path.GetFileName(file));
        return data;
    }

    [Theory, MemberData(nameof(Files))]
    public async Task A_real_timeline_keeps_every_row_and_word_and_adds_nothing_twice(Engine engine, string file)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var key = await ana.DeclareAsync(file);
        var content = await File.ReadAllBytesAsync(Path.Combine(Checkout.Root, "tests", "data", "timelines", file));
        var expected = Csv(Encoding.UTF8.GetString(content));

        var dry = (await ana.Api().PostBytesAsync($"{Import(key)}?dryRun=true", content, "text/csv")).Expect(HttpStatusCode.OK).Json;
        Assert.False(dry.GetProperty("applied").GetBoolean());
        Assert.Equal(expected.Count, dry.GetProperty("added").GetInt32());
        Assert.Single(await ana.RowsAsync(key));

        var applied = (await ana.Api().PostBytesAsync(Import(key), content, "text/csv; charset=utf-8")).Expect(HttpStatusCode.OK).Json;
        Assert.True(applied.GetProperty("applied").GetBoolean());
        Assert.Equal(expected.Count, applied.GetProperty("added").GetInt32());

        var rows = (await ana.RowsAsync(key)).Where(r => r.GetProperty("source").ValueKind != System.Text.Json.JsonValueKind.Null).ToList();
        Assert.Equal(expected.Count, rows.Count);
        foreach (var (line, row) in expected.Zip(rows))
        {
            var source = row.GetProperty("source");
            Assert.Equal(
                (line[1], line[2], line[3], line[4], line[5]),
                (row.GetProperty("body").GetString(), source.GetProperty("category").GetString(), source.GetProperty("url").GetString(), source.GetProperty("precision").GetString(), source.GetProperty("statedTime").GetString()));
            Assert.Equal(line[0].Length == 0 ? null : line[0], row.GetProperty("occurredAt").GetProperty("at").GetString());
            Assert.Equal(Precisions[line[4]], row.GetProperty("occurredAt").GetProperty("precision").GetString());
        }

        var count = (await ana.RowsAsync(key)).Count;
        var again = (await ana.Api().PostBytesAsync(Import(key), content, "text/csv")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(0, again.GetProperty("added").GetInt32());
        Assert.All(again.GetProperty("lines").EnumerateArray(), l => Assert.Contains("AlreadyImported", l.GetProperty("doubts").EnumerateArray().Select(d => d.GetString())));
        Assert.Equal(count, (await ana.RowsAsync(key)).Count);
    }

    [Fact]
    public async Task Markdown_bullets_under_dated_headings_are_imported()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        const string text = "# What happened\n\n## 2015-07-31\n\n- 14:05 DNS answers again\n- 15:10 All clear\n";
        var dry = (await ana.Api().PostTextAsync($"{Import(key)}?dryRun=true", text, "text/markdown")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal([5, 6], dry.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("line").GetInt32()));
        (await ana.Api().PostTextAsync(Import(key), text, "text/markdown")).Expect(HttpStatusCode.OK);
        var rows = await ana.RowsAsync(key);
        Assert.Equal(["2015-07-31T14:05:00Z", "2015-07-31T15:10:00Z"], rows.Skip(1).Take(2).Select(r => r.GetProperty("occurredAt").GetProperty("at").GetString()));
    }

    [Theory]
    [EngineData("es")]
    [EngineData("en")]
    public async Task Latin_1_is_refused_with_its_line_and_nothing_is_done(Engine engine, string language)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync(language: language);
        var key = await ana.DeclareAsync();
        var content = Encoding.Latin1.GetBytes(Header + "2015-07-31T14:00:00Z,Fine,action,,minute,\n2015-07-31T15:00:00Z,Mitigación aplicada,action,,minute,\n");
        var refused = (await ana.Api().PostBytesAsync(Import(key), content, "text/csv")).Expect(HttpStatusCode.UnprocessableEntity).Json;
        var problem = Assert.Single(refused.GetProperty("problems").EnumerateArray());
        Assert.Equal(3, problem.GetProperty("line").GetInt32());
        Assert.Equal("ImportNotUnicode", problem.GetProperty("code").GetString());
        Assert.Contains("UTF-8", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(refused.GetProperty("applied").GetBoolean());
        Assert.Single(await ana.RowsAsync(key));
    }

    [Fact]
    public async Task A_million_lines_are_refused_as_too_many()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        var million = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Repeat("x,y\n", 1_000_000)));
        var refused = (await ana.Api().PostBytesAsync(Import(key), million, "text/csv")).Expect(HttpStatusCode.UnprocessableEntity).Json;
        Assert.Equal(["ImportTooManyLines"], refused.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("code").GetString()));
        Assert.Single(await ana.RowsAsync(key));
    }

    [Fact]
    public async Task A_million_real_lines_are_refused_as_too_large()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        var content = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Repeat("2015-07-31T14:00:00Z,Flood,action,,minute,\n", 200_000)));
        var refused = (await ana.Api().PostBytesAsync(Import(key), content, "text/csv")).Expect(HttpStatusCode.UnprocessableEntity).Json;
        Assert.Equal(["ImportTooLarge"], refused.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task One_bad_line_keeps_all_of_them_out()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        const string text = Header + "2015-07-31T14:00:00Z,Good,action,,minute,\nnever,Bad,action,,minute,\n2015-07-31T14:00:00Z,a\0b,action,,minute,\n";
        var refused = (await ana.Api().PostTextAsync(Import(key), text, "text/csv")).Expect(HttpStatusCode.UnprocessableEntity).Json;
        Assert.NotEmpty(refused.GetProperty("problems").EnumerateArray());
        Assert.Single(await ana.RowsAsync(key));
    }

    [Theory, EngineData]
    public async Task What_is_offered_is_done_by_its_ids_and_only_once(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync(language: "es");
        var key = await ana.DeclareAsync();
        var content = await File.ReadAllBytesAsync(Path.Combine(Checkout.Root, "tests", "data", "timelines", "may-first-2014-08-18.csv"));
        var dry = (await ana.Api("es").PostBytesAsync($"{Import(key)}?dryRun=true", content, "text/csv")).Expect(HttpStatusCode.OK).Json;
        var offered = dry.GetProperty("proposals").EnumerateArray().ToDictionary(p => p.GetProperty("what").GetString()!);
        Assert.Equal(["milestone.first-public-word", "milestone.impact-started", "milestone.mitigated", "milestone.resolved"], offered.Keys.Order());
        var resolved = offered["milestone.resolved"];
        Assert.Equal((4, false, "Hito: Resuelto", "about"), (resolved.GetProperty("line").GetInt32(), resolved.GetProperty("isPlain").GetBoolean(), resolved.GetProperty("message").GetString(), resolved.GetProperty("occurredAt").GetProperty("precision").GetString()));
        Assert.Equal(["LineInDoubt", "NotSaidToBeAll"], resolved.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));

        string Accept(params string[] what) => $"{Import(key)}?accept={string.Join(',', what.Select(w => offered[w].GetProperty("id").GetString()))}";
        (await ana.Api().PostBytesAsync($"{Import(key)}?accept=first", content, "text/csv")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Import.BadProposal");
        (await ana.Api().PostBytesAsync($"{Import(key)}?accept={Guid.NewGuid()}", content, "text/csv")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Import.ProposalUnknown");
        Assert.Single(await ana.RowsAsync(key));

        for (var time = 0; time < 2; time++)
        {
            var done = (await ana.Api().PostBytesAsync(Accept("milestone.mitigated", "milestone.resolved"), content, "text/csv")).Expect(HttpStatusCode.OK).Json;
            Assert.Equal(time == 0 ? (4, 2) : (0, 0), (done.GetProperty("added").GetInt32(), done.GetProperty("accepted").GetInt32()));
        }
        Assert.Equal(1 + 4 + 1 + 2, (await ana.RowsAsync(key)).Count);
    }

    [Fact]
    public async Task A_file_of_another_type_or_of_none_is_refused()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var key = await ana.DeclareAsync();
        (await ana.Api().PostTextAsync(Import(key), Header, "application/json")).Expect(HttpStatusCode.UnsupportedMediaType);
        (await ana.Api().SendAsync(HttpMethod.Post, Import(key), new ByteArrayContent([65]))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Import.TypeUnknown");
    }

    private static string Import(string key) => $"/api/v1/incidents/{key}/import";

    /// <summary>The rows after the header. A reader of its own, so that the desk's cannot agree with itself.</summary>
    private static List<List<string>> Csv(string text)
    {
        List<List<string>> rows = [[]];
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (c == '"') quoted = !quoted;
            else if (!quoted && c is ',' or '\n' && !quoted)
            {
                rows[^1].Add(field.ToString());
                field.Clear();
                if (c == '\n') rows.Add([]);
            }
            else if (c != '\r') field.Append(c);
        }
        return [.. rows.Skip(1).Where(r => r.Count == 6)];
    }
}
