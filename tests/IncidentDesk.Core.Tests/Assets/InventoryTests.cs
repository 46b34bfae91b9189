using System.Text;
using IncidentDesk.Assets;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Tests.Assets;

public sealed class InventoryTests
{
    private const string Sound = """
        kind,name,member,sits_on,aliases,host_names,addresses,service,notes,invented,retired
        site,library.example.org,Library Collective,web-11,,www.library.example.org,,,,yes,
        member,Library Collective,,,Biblioteca,,,,"Notes, with a comma",yes,
        server,web-11,,uplink-a,w11,web-11.example.org,198.51.100.24;2001:DB8:0::1,,'=1+1,,
        uplink,uplink-a,,,,,198.51.100.0/24,,,,
        service,mail,,web-11,,,,mail,,,
        """;

    [Theory, EngineData]
    public async Task A_file_is_previewed_then_kept_as_a_whole_and_again_changes_nothing(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var preview = (await ImportAsync(desk, ana, Sound, dryRun: true)).Value;
        Assert.Equal((false, 5, 0), (preview.Applied, preview.Count(InventoryAct.Added), preview.Problems.Count));
        Assert.Equal(0, await desk.WithContextAsync(db => db.Assets.CountAsync()));

        Assert.Equal(5, (await ImportAsync(desk, ana, Sound)).Value.Count(InventoryAct.Added));
        Assert.Equal(5, (await ImportAsync(desk, ana, Sound)).Value.Count(InventoryAct.Unchanged));
        var changed = (await ImportAsync(desk, ana, Sound.Replace("w11,", "w11;www11,", StringComparison.Ordinal).Replace("mail,,,", "mail,on web-11,,", StringComparison.Ordinal))).Value;
        Assert.Equal(["aliases", "notes"], changed.Lines.SelectMany(l => l.Fields));

        var server = (await desk.Get<FindAssets>().ByNameAsync("WEB-11", ana, default)).Value;
        Assert.Equal("=1+1", server.Notes);
        Assert.Equal(["198.51.100.24", "2001:db8::1"], server.Names.Where(n => n.Kind == AssetNameKind.Address).Select(n => n.Text).Order(StringComparer.Ordinal));
        Assert.Equal("uplink-a", Assert.Single(server.SitsOn).On!.Name);
    }

    [Theory, EngineData]
    public async Task What_a_file_does_not_speak_of_stays_as_it_is(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await ImportAsync(desk, ana, Sound);

        var changed = (await ImportAsync(desk, ana, "kind,name,notes\nserver,web-11,moved to rack 4\nmember,Library Collective,called back\n")).Value;
        Assert.Equal(["notes", "notes"], changed.Lines.SelectMany(l => l.Fields));
        var json = Encoding.UTF8.GetBytes("""[{"kind":"server","name":"web-11","service":"web"}]""");
        Assert.Equal(["service"], (await desk.Get<ImportInventory>().HandleAsync(new(json, InventoryFormat.Json, DryRun: false), ana, default)).Value.Lines.Single().Fields);

        var server = (await desk.Get<FindAssets>().ByNameAsync("web-11", ana, default)).Value;
        Assert.Equal(("moved to rack 4", "web", 4, "uplink-a"), (server.Notes, server.Service, server.Names.Count, Assert.Single(server.SitsOn).On!.Name));
        Assert.Equal(["Biblioteca"], (await desk.Get<ReadInventory>().MemberAsync("Library Collective", ana, default)).Value.Aliases);
    }

    [Theory, EngineData]
    public async Task Whether_a_member_may_be_named_comes_with_a_file_that_says_so(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await ImportAsync(desk, ana, Sound);
        async Task<bool> MayAsync() => (await desk.Get<ReadInventory>().MemberAsync("Library Collective", ana, default)).Value.MayBeNamed;
        Assert.False(await MayAsync());
        Assert.Equal(["may_be_named"], (await ImportAsync(desk, ana, "kind,name,may_be_named\nmember,Library Collective,yes\nserver,web-11,\n")).Value.Lines.SelectMany(l => l.Fields));
        await ImportAsync(desk, ana, Sound);
        Assert.True(await MayAsync());
        Assert.Equal("InventoryOnlyOfMember", Assert.Single((await ImportAsync(desk, ana, "kind,name,may_be_named\nserver,web-11,yes\n")).Value.Problems).Code);
        await ImportAsync(desk, ana, "kind,name,may_be_named\nmember,Library Collective,no\n");
        Assert.False(await MayAsync());
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("""[{"kind":"server","name":"web-11","sits_on":[null]}]""")]
    public async Task A_null_in_a_file_is_a_problem_of_its_line(string json)
    {
        await using var desk = await TestDesk.OpenAsync(Engine.Sqlite);
        var answer = (await desk.Get<ImportInventory>().HandleAsync(new(Encoding.UTF8.GetBytes(json), InventoryFormat.Json, DryRun: false), await desk.PersonAsync(), default)).Value;
        Assert.Equal((false, "InventoryBadJson", 1), (answer.Applied, Assert.Single(answer.Problems).Code, answer.Problems[0].Line));
    }

    [Theory, EngineData]
    public async Task What_is_exported_comes_back_unchanged_in_both_formats(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await ImportAsync(desk, ana, Sound);
        foreach (var format in Enum.GetValues<InventoryFormat>())
        {
            var file = (await desk.Get<ReadInventory>().ExportAsync(format, ana, default)).Value;
            var again = (await desk.Get<ImportInventory>().HandleAsync(new(file, format, DryRun: false), ana, default)).Value;
            Assert.Equal((true, 5), (again.Applied, again.Count(InventoryAct.Unchanged)));
            await using var empty = await TestDesk.OpenAsync(engine);
            Assert.Equal(5, (await empty.Get<ImportInventory>().HandleAsync(new(file, format, DryRun: false), await empty.PersonAsync(), default)).Value.Count(InventoryAct.Added));
        }
    }

    [Theory, EngineData]
    public async Task Every_problem_is_listed_with_its_line_and_nothing_is_kept(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await desk.AssetAsync("known", AssetKind.Service);
        var outcome = (await ImportAsync(desk, ana, """
            kind,name,member,sits_on,addresses,invented
            server,a,,b,,
            server,b,,a,,
            server,fine,,,,
            router,c,,,,
            site,two words,,,,
            site,s1,Nobody,,,
            site,s2,,nowhere,,
            server,fine,,,,
            server,d,,,300.1.1.1,
            server,e,,s1,,
            server,f,,,,perhaps
            server,known,,,,
            uplink,u,,fine,,
            """)).Value;

        Assert.False(outcome.Applied);
        Assert.Equal(
            [
                (2, "InventoryCircle"), (3, "InventoryCircle"), (5, "InventoryKindUnknown"), (6, "Asset.NameForm"), (7, "InventoryMemberUnknown"), (8, "InventoryParentUnknown"),
                (9, "InventoryTwice"), (10, "Asset.AddressForm"), (11, "Asset.CannotSitOn"), (12, "InventoryBadFlag"), (13, "InventoryOtherKind"), (14, "Asset.CannotSitOn"),
            ],
            outcome.Problems.OrderBy(p => p.Line).Select(p => (p.Line, p.Code)));
        Assert.Equal(1, await desk.WithContextAsync(db => db.Assets.CountAsync()));
    }

    [Theory]
    [InlineData("kind,name\nserver,caf\u00e9", true, "ImportNotUnicode", 2)]
    [InlineData("kind,name\nserver,a\0b", false, "ImportControlCharacter", 2)]
    [InlineData("kind,name,colour\nserver,a,red", false, "InventoryColumnUnknown", 1)]
    [InlineData("name\na", false, "ImportColumnMissing", 1)]
    [InlineData("kind,name\nserver,a,b", false, "ImportFieldCount", 2)]
    [InlineData("kind,name\n", false, "InventoryEmpty", 0)]
    public async Task A_file_that_cannot_be_read_says_where(string text, bool latin1, string code, int line)
    {
        await using var desk = await TestDesk.OpenAsync(Engine.Sqlite);
        var content = (latin1 ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text);
        var outcome = (await desk.Get<ImportInventory>().HandleAsync(new(content, InventoryFormat.Csv, DryRun: false), await desk.PersonAsync(), default)).Value;
        Assert.Equal((code, line), (Assert.Single(outcome.Problems).Code, outcome.Problems[0].Line));
    }

    [Theory, EngineData]
    public async Task Assets_are_found_by_whatever_a_pasted_line_calls_them(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await ImportAsync(desk, ana, Sound);
        async Task<string> In(string text) => string.Join(' ', (await desk.Get<FindAssets>().InTextAsync(text, ana, default)).Value.Select(a => a.Name));

        Assert.Equal("uplink-a web-11", await In("""198.51.100.24 - - [04/Aug/2015] "GET /" 200"""));
        Assert.Equal("uplink-a", await In("flood to 198.51.100.99:443"));
        Assert.Equal("library.example.org", await In("timeout: https://www.library.example.org/index.html."));
        Assert.Equal("web-11", await In("W11 is slow, [2001:db8::1] too"));
        Assert.Equal("", await In("nothing 203.0.113.9 of ours"));

        async Task<string[]> Suggest(string text) => [.. (await desk.Get<FindAssets>().SuggestAsync(text, 8, ana, default)).Value.Select(a => a.Name)];
        Assert.Equal(["web-11"], await Suggest("w11"));
        Assert.Equal(["uplink-a", "web-11", "mail", "library.example.org"], await Suggest(""));
    }

    [Theory, EngineData]
    public async Task Assets_are_added_changed_and_retired_by_hand(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var change = desk.Get<ChangeInventory>();
        var (up, web) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await change.SaveAsync(new ChangeInventory.AssetCommand(up, 0, AssetKind.Uplink, "uplink-a"), ana, default);
        var added = (await change.SaveAsync(new ChangeInventory.AssetCommand(web, 0, AssetKind.Server, "web-11", SitsOn: [up], HostNames: ["web-11.example.org"]), ana, default)).Value;
        Assert.Equal(added.Version, (await change.SaveAsync(new ChangeInventory.AssetCommand(web, 0, AssetKind.Server, "web-11"), ana, default)).Value.Version);

        Refused.Conflict<Asset, Asset>("Asset.Conflict", await change.SaveAsync(new ChangeInventory.AssetCommand(web, 7, AssetKind.Server, "web-12"), ana, default));
        Refused.Field("Name", "Asset.NameTaken", await change.SaveAsync(new ChangeInventory.AssetCommand(Guid.CreateVersion7(), 0, AssetKind.Server, "WEB-11"), ana, default));
        Refused.Field("SitsOn", "Asset.CannotSitOn", await change.SaveAsync(new ChangeInventory.AssetCommand(up, 1, AssetKind.Uplink, "uplink-a", SitsOn: [web]), ana, default));
        var (other, third) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await change.SaveAsync(new ChangeInventory.AssetCommand(other, 0, AssetKind.Server, "host-1", SitsOn: [web]), ana, default);
        await change.SaveAsync(new ChangeInventory.AssetCommand(third, 0, AssetKind.Server, "host-2", SitsOn: [other]), ana, default);
        Refused.Field("SitsOn", "Asset.Circle", await change.SaveAsync(new ChangeInventory.AssetCommand(web, 1, AssetKind.Server, "web-11", SitsOn: [third]), ana, default));
        Refused.Forbidden("Inventory.MayNotChange", await change.SaveAsync(new ChangeInventory.AssetCommand(web, 1, AssetKind.Server, "x"), await desk.PersonAsync(PersonRole.Leadership), default));

        Assert.Equal(["host-1", "host-2", "web-11"], (await desk.Get<FindAssets>().BehindAsync(up, ana, default)).Value.Select(a => a.Name));
        await change.SaveAsync(new ChangeInventory.AssetCommand(other, 1, AssetKind.Server, "host-1", SitsOn: [web], IsRetired: true), ana, default);
        Assert.Equal(["host-2", "web-11"], (await desk.Get<FindAssets>().BehindAsync(up, ana, default)).Value.Select(a => a.Name));
        var roots = (await desk.Get<ReadInventory>().LevelAsync(null, ana, default)).Value;
        Assert.Equal([("uplink-a", 1), ("host-2", 0)], roots.Select(n => (n.Asset.Name, n.Behind)));
        Assert.Equal(new ReadInventory.Totals(0, 1, 2, 0, 0, 1), (await desk.Get<ReadInventory>().TotalsAsync(ana, default)).Value);
        Assert.Equal(4, (await desk.Get<ReadInventory>().HandleAsync(new(WithRetired: true), ana, default)).Value.Total);
    }

    [Theory, EngineData]
    public async Task Two_who_link_at_once_close_no_circle(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        var (a, b) = (await desk.AssetAsync("a"), await desk.AssetAsync("b"));
        var change = desk.Get<ChangeInventory>();
        var answers = await Task.WhenAll(
            change.SaveAsync(new ChangeInventory.AssetCommand(a.Id, 1, AssetKind.Server, "a", SitsOn: [b.Id]), ana, default),
            change.SaveAsync(new ChangeInventory.AssetCommand(b.Id, 1, AssetKind.Server, "b", SitsOn: [a.Id]), ana, default));
        Assert.Single(answers, x => x.Succeeded);
        Assert.Equal("Asset.Circle", Assert.Single(answers, x => !x.Succeeded).Error!.Code);
    }

    [Theory, EngineData]
    public async Task Members_are_kept_with_their_sites(Engine engine)
    {
        await using var desk = await TestDesk.OpenAsync(engine);
        var ana = await desk.PersonAsync();
        await ImportAsync(desk, ana, Sound);
        var row = Assert.Single((await desk.Get<ReadInventory>().MembersAsync("librar", withRetired: false, 0, 50, ana, default)).Value.Members);
        Assert.Equal(("Library Collective", 1), (row.Member.Name, row.Sites));
        var change = desk.Get<ChangeInventory>();
        Assert.Equal(2, (await change.SaveAsync(new ChangeInventory.MemberCommand(row.Member.Id, 1, "Library Collective", IsRetired: true), ana, default)).Value.Version);
        Refused.Conflict<Member, Member>("Member.Conflict", await change.SaveAsync(new ChangeInventory.MemberCommand(row.Member.Id, 1, "x"), ana, default));
        Refused.Field("Name", "Member.NameTaken", await change.SaveAsync(new ChangeInventory.MemberCommand(Guid.CreateVersion7(), 0, "library collective"), ana, default));
        Assert.Equal(0, (await desk.Get<ReadInventory>().TotalsAsync(ana, default)).Value.Members);
    }

    private static Task<Result<ImportInventory.Outcome>> ImportAsync(TestDesk desk, Actor actor, string csv, bool dryRun = false) =>
        desk.Get<ImportInventory>().HandleAsync(new(Encoding.UTF8.GetBytes(csv), InventoryFormat.Csv, dryRun), actor, default);
}
