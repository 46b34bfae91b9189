using System.CommandLine;
using IncidentDesk.Evidence;
using IncidentDesk.Postmortems;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Operator;

internal static class EvidenceCommands
{
    /// <summary><c>evidence --incident … --output FILE</c></summary>
    public static Command Evidence()
    {
        var incident = new Option<string>("--incident") { Required = true, Description = "Key of the incident, such as INC-2026-001." };
        var output = new Option<FileInfo>("--output") { Required = true, Description = "The zip to write; one that is there is not replaced." };
        var user = TimelineCommands.User();
        var command = new Command("evidence", "Take all that the desk knows of an incident out as one zip with hashes; it is recorded as an export.") { incident, output, user };
        command.SetAction((parsed, ct) => DeskCommand.WithDeskAsync(async (services, _) =>
        {
            var say = services.GetRequiredService<Say>();
            if (await TimelineCommands.ActorAsync(services, parsed.GetValue(user), ct) is not { } actor) return DeskCommand.Fail(say["Error.Person.NotFound"]);
            var to = parsed.GetValue(output)!;
            if (to.Exists) return DeskCommand.Fail(say["Error.Evidence.FileExists", to.FullName]);
            // Beside where it is to be first, so that there is never half a file.
            var beside = $"{to.FullName}.{Guid.NewGuid():N}.part";
            try
            {
                await using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
                {
                    if (!(await services.GetRequiredService<ExportEvidence>().HandleAsync(parsed.GetValue(incident)!, file, Languages.Current, actor, ct)).TryGet(out var made, out var error)) return DeskCommand.Fail(say.Error(error));
                    Console.WriteLine($"{made.Sha256}  {to.FullName}");
                }
                File.Move(beside, to.FullName);
                return 0;
            }
            finally
            {
                File.Delete(beside);
            }
        }, ct));
        return command;
    }

    /// <summary><c>postmortem import FILE</c></summary>
    public static Command Import()
    {
        var restricted = new Option<bool>("--restricted") { Description = "Seen only by who imports and administrators." };
        var user = TimelineCommands.User();
        var file = new Argument<FileInfo>("FILE") { Description = "The JSON export of a postmortem." };
        var command = new Command("import", "Bring a postmortem of another desk in, with its incident: all of it or nothing; the same file twice is the same incident.") { restricted, user, file };
        command.SetAction((parsed, ct) => DeskCommand.WithDeskAsync(async (services, _) =>
        {
            var say = services.GetRequiredService<Say>();
            if (await TimelineCommands.ActorAsync(services, parsed.GetValue(user), ct) is not { } actor) return DeskCommand.Fail(say["Error.Person.NotFound"]);
            var source = parsed.GetValue(file)!;
            if (!source.Exists) return DeskCommand.Fail(say["Error.Import.NoFile", source.FullName]);
            await using var content = source.OpenRead();
            if (!(await services.GetRequiredService<ImportDocument>().HandleAsync(new(content, parsed.GetValue(restricted)), actor, ct)).TryGet(out var outcome, out var error)) return DeskCommand.Fail(say.Error(error));
            Console.WriteLine(outcome.Key);
            return 0;
        }, ct));
        return command;
    }
}
