using System.CommandLine;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.Postmortems.Documents;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Operator;

internal static class DocumentCommands
{
    /// <summary><c>postmortem export --incident … --output FILE</c>, <c>postmortem import FILE</c></summary>
    public static Command Postmortem()
    {
        var incident = new Option<string>("--incident") { Required = true, Description = "Key of the incident, such as INC-2026-001." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "html", Description = "markdown, zip, html, pdf, docx, json, csv or icalendar." };
        var audience = new Option<string>("--audience") { DefaultValueFactory = _ => "internal", Description = "internal, members, public or evidence." };
        var lang = new Option<string>("--lang") { DefaultValueFactory = _ => Languages.Current, Description = "en or es." };
        var zone = new Option<string>("--zone") { DefaultValueFactory = _ => "utc", Description = "utc or incident." };
        var number = new Option<int?>("--number") { Description = "Of a postmortem that was made final; as it stands when left out." };
        var report = new Option<int?>("--report") { Description = "Of a situation report, instead of the postmortem." };
        var output = new Option<FileInfo>("--output") { Required = true, Description = "The file to write; one that is there is replaced." };
        var user = TimelineCommands.User();
        var export = new Command("export", "Make a file of an incident's postmortem or situation report; it is recorded as an export.") { incident, format, audience, lang, zone, number, report, output, user };
        export.SetAction((parsed, ct) => DeskCommand.WithDeskAsync(async (services, _) =>
        {
            var say = services.GetRequiredService<Say>();
            if (await TimelineCommands.ActorAsync(services, parsed.GetValue(user), ct) is not { } actor) return DeskCommand.Fail(say["Error.Person.NotFound"]);
            if (!Labels.TryParse<ExportFormat>(parsed.GetValue(format), out var which)) return Unknown(parsed.GetValue(format));
            if (!Labels.TryParse<Audience>(parsed.GetValue(audience), out var whom)) return Unknown(parsed.GetValue(audience));
            if (!Languages.All.Contains(parsed.GetValue(lang)!, StringComparer.Ordinal)) return Unknown(parsed.GetValue(lang));
            if (!Labels.TryParse<ZoneChoice>(parsed.GetValue(zone), out var times) || times == ZoneChoice.Mine) return Unknown(parsed.GetValue(zone));
            var source = parsed.GetValue(report) is { } its ? new DocumentSource(DocumentKind.SituationReport, its) : new DocumentSource(DocumentKind.Postmortem, parsed.GetValue(number));
            var wanted = new MakeDocument.Wanted(parsed.GetValue(incident)!, source, which, whom, parsed.GetValue(lang)!, times, TimeZoneInfo.Utc);
            if (!(await services.GetRequiredService<MakeDocument>().HandleAsync(wanted, actor, ct)).TryGet(out var made, out var error))
            {
                if (error is Conflict { Current: IReadOnlyList<Leak> leaks }) foreach (var leak in leaks) Console.Error.WriteLine($"{leak.Where}: {say.Word(leak.Thing)}: {leak.Text}");
                return DeskCommand.Fail(say.Error(error));
            }
            using (made) await PlaceAsync(made.Path, parsed.GetValue(output)!.FullName, ct);
            Console.WriteLine($"{made.Record!.Sha256}  {parsed.GetValue(output)!.FullName}");
            return 0;

            int Unknown(string? word) => DeskCommand.Fail(say["Error.Word.Unknown", word ?? ""]);
        }, ct));
        return new Command("postmortem", "Documents of incidents.") { export, EvidenceCommands.Import() };
    }

    /// <summary>Beside where it is to be first, so that there is never half a file.</summary>
    private static async Task PlaceAsync(string made, string output, CancellationToken ct)
    {
        var beside = $"{output}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var from = File.OpenRead(made))
            await using (var to = File.Create(beside)) await from.CopyToAsync(to, ct);
            File.Move(beside, output, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
