using System.CommandLine;
using IncidentDesk.Data;
using IncidentDesk.Examples;
using IncidentDesk.Import;
using IncidentDesk.Shared;
using IncidentDesk.Web.Import;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Operator;

internal static class TimelineCommands
{
    /// <summary><c>import --incident … FILE</c></summary>
    public static Command Import()
    {
        var incident = new Option<string>("--incident") { Required = true, Description = "Key of the incident, such as INC-2026-001." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would happen." };
        var acceptPlain = new Option<bool>("--accept-plain") { Description = "Also do what the timeline plainly says besides: mitigations, impacts, milestones." };
        var user = User();
        var file = new Argument<FileInfo>("FILE") { Description = "A timeline: .csv or .md." };
        var command = new Command("import", "Import a timeline: all of it or nothing; the same file twice adds nothing.") { incident, dryRun, acceptPlain, user, file };
        command.SetAction((parsed, ct) => DeskCommand.WithDeskAsync(async (services, _) =>
        {
            var say = services.GetRequiredService<Say>();
            if (await ActorAsync(services, parsed.GetValue(user), ct) is not { } actor) return DeskCommand.Fail(say["Error.Person.NotFound"]);
            var source = parsed.GetValue(file)!;
            if (!source.Exists) return DeskCommand.Fail(say["Error.Import.NoFile", source.FullName]);
            if (source.Length > TimelineFile.MaxBytes) return DeskCommand.Fail(say["Error.ImportTooLarge", TimelineFile.MaxBytes, source.Length]);
            var format = source.Extension.ToLowerInvariant() is ".md" or ".markdown" ? TimelineFormat.Markdown : TimelineFormat.Csv;
            var content = await File.ReadAllBytesAsync(source.FullName, ct);
            var (import, preview) = (services.GetRequiredService<ImportTimeline>(), new ImportTimeline.Command(parsed.GetValue(incident)!, content, format, DryRun: true));
            if (!(await import.HandleAsync(preview, actor, ct)).TryGet(out var outcome, out var error)) return DeskCommand.Fail(say.Error(error));
            var accept = parsed.GetValue(acceptPlain) ? outcome.Proposals.Where(p => p.IsPlain).Select(p => p.Id).ToList() : [];
            var left = outcome.Proposals.Where(p => !accept.Contains(p.Id)).ToList();
            if (!parsed.GetValue(dryRun) && !(await import.HandleAsync(preview with { DryRun = false, Accept = accept }, actor, ct)).TryGet(out outcome, out error)) return DeskCommand.Fail(say.Error(error));

            foreach (var line in outcome.File.Lines.Where(l => l.Doubts.Count > 0))
                Console.WriteLine(say["Import.LineDoubt", line.Line, string.Join("; ", line.Doubts.Select(say.Word))]);
            foreach (var problem in outcome.File.Problems)
                Console.Error.WriteLine(problem.Line > 0 ? say["Import.LineProblem", problem.Line, say.Error(problem)] : say.Error(problem));
            foreach (var proposal in parsed.GetValue(dryRun) ? outcome.Proposals : left) Console.WriteLine(say["Import.LineProposal", proposal.Line, ProposalText.WithReasons(proposal, say)]);
            Console.WriteLine(outcome.Applied ? say["Import.Done", outcome.New] : say["Import.NotDone", outcome.New]);
            if (outcome.Accepted > 0) Console.WriteLine(say["Import.AcceptedDone", outcome.Accepted]);
            return outcome.File.Problems.Count > 0 ? 1 : 0;
        }, ct));
        return command;
    }

    /// <summary><c>examples load</c></summary>
    public static Command Examples()
    {
        var user = User();
        var load = new Command("load", "Load the attacks of 2014 and 2015 and six others, with an invented inventory; what is there already stays.") { user };
        load.SetAction((parsed, ct) => DeskCommand.WithDeskAsync(async (services, _) =>
        {
            var say = services.GetRequiredService<Say>();
            if (await ActorAsync(services, parsed.GetValue(user), ct) is not { } actor) return DeskCommand.Fail(say["Error.Person.NotFound"]);
            var loaded = await services.GetRequiredService<LoadExamples>().HandleAsync(actor, ct);
            if (!loaded.TryGet(out var keys, out var error)) return DeskCommand.Fail(say.Error(error));
            foreach (var key in keys) Console.WriteLine(key);
            return 0;
        }, ct));
        return new Command("examples", "Example incidents from the public record.") { load };
    }

    internal static Option<string?> User() => new("--user") { Description = "E-mail address of the person in whose name it is done; the first administrator when left out." };

    internal static async Task<Actor?> ActorAsync(IServiceProvider services, string? email, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<DeskDatabase>().OpenAsync(ct);
        return email is null ? await PeopleCommands.FirstAdministratorAsync(db, ct) : await PeopleCommands.FindAsync(db, email, ct);
    }
}
