using System.Globalization;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>All that is text in a document, in one place: what is not here is a word of a vocabulary, or is not in a document for others.</summary>
internal static class DocumentStrings
{
    /// <param name="where">See <see cref="Leak.Where"/>.</param>
    public delegate string Change(string where, string text, bool isMarkdown);

    public static DocumentRecord Map(DocumentRecord r, Change change)
    {
        string Line(string where, string text) => text.Length == 0 ? text : change(where, text, false);
        string Lines(string where, string text) => text.Length == 0 ? text : change(where, text, true);
        static string Nth(string part, int index) => string.Create(CultureInfo.InvariantCulture, $"{part}/{index + 1}");
        return r with
        {
            Title = Line("title", r.Title),
            MadeByName = Line("made-by", r.MadeByName),
            Incident = r.Incident with { Key = Line("incident", r.Incident.Key), Title = Line("incident", r.Incident.Title), Roles = [.. r.Incident.Roles.Select(x => x with { PersonName = Line("role", x.PersonName) })] },
            Sections = [.. r.Sections.Select(s => s with { TitleEn = Line($"section/{s.TitleEn}", s.TitleEn), TitleEs = Line($"section/{s.TitleEn}", s.TitleEs), Body = Lines($"section/{s.TitleEn}", s.Body) })],
            Entries = [.. r.Entries.Select(e => Of(e, string.Create(CultureInfo.InvariantCulture, $"entry/{e.Sequence}"), Line, Lines))],
            Members = [.. r.Members.Select((m, i) => m with { Name = Line(Nth("member", i), m.Name), Aliases = [.. m.Aliases.Select(a => Line(Nth("member", i), a))] })],
            Assets = [.. r.Assets.Select((a, i) => a with { Name = Line(Nth("asset", i), a.Name), Service = Line(Nth("asset", i), a.Service), Names = [.. a.Names.Select(n => n with { Text = Line(Nth("asset", i), n.Text) })] })],
            People = [.. r.People.Select((p, i) => p with { Name = Line(Nth("person", i), p.Name) })],
            Impacts = [.. r.Impacts.Select((x, i) => x with { Evidence = Lines(Nth("impact", i), x.Evidence) })],
            Mitigations = [.. r.Mitigations.Select((m, i) => Of(m, Nth("mitigation", i), Line, Lines))],
            Waves = [.. r.Waves.Select(w => Of(w, string.Create(CultureInfo.InvariantCulture, $"wave/{w.Number}"), Line, Lines))],
            Traffic = [.. r.Traffic.Select((t, i) => t with { MeasuredAt = Line(Nth("measurements", i), t.MeasuredAt) })],
            FollowUps = [.. r.FollowUps.Select((f, i) => f with { Action = Line(Nth("follow-up", i), f.Action), OwnerName = f.OwnerName is null ? null : Line(Nth("follow-up", i), f.OwnerName), Outcome = Lines(Nth("follow-up", i), f.Outcome), Tracker = Line(Nth("follow-up", i), f.Tracker) })],
            Files = [.. r.Files.Select((f, i) => f with { FileName = Line(Nth("file", i), f.FileName), Caption = Line(Nth("file", i), f.Caption) })],
            Reviewers = [.. r.Reviewers.Select((x, i) => x with { Name = Line(Nth("reviewer", i), x.Name), Note = Lines(Nth("reviewer", i), x.Note) })],
            Comments = [.. r.Comments.Select((c, i) => c with { Body = Lines(Nth("comment", i), c.Body), ByName = Line(Nth("comment", i), c.ByName), ResolvedByName = c.ResolvedByName is null ? null : Line(Nth("comment", i), c.ResolvedByName) })],
        };
    }

    private static DocumentEntry Of(DocumentEntry e, string where, Func<string, string, string> line, Func<string, string, string> lines) => e with
    {
        AuthorName = line(where, e.AuthorName),
        Body = lines(where, e.Body),
        Revisions = e.Revisions is null ? null : [.. e.Revisions.Select(r => r with { Body = lines(where, r.Body), RevisedByName = r.RevisedByName is null ? null : line(where, r.RevisedByName) })],
        Change = e.Change switch
        {
            EntryChange.TitleChanged c => c with { From = line(where, c.From), To = line(where, c.To) },
            EntryChange.RoleChanged c => c with { From = c.From is null ? null : line(where, c.From), To = c.To is null ? null : line(where, c.To) },
            EntryChange.NamedPersonChanged c => c with { Name = line(where, c.Name) },
            EntryChange.ImpactMarked c => c with { Asset = line(where, c.Asset) },
            EntryChange.ImpactEnded c => c with { Asset = line(where, c.Asset) },
            EntryChange.ImpactCorrected c => c with { Asset = line(where, c.Asset) },
            EntryChange.MitigationMoved c => c with { Name = line(where, c.Name), Title = line(where, c.Title) },
            EntryChange.MitigationJoined c => c with { Name = line(where, c.Name), Title = line(where, c.Title) },
            EntryChange.MitigationEdited c => c with { Name = line(where, c.Name), Title = line(where, c.Title) },
            EntryChange.MitigationReviewMoved c => c with { Name = line(where, c.Name), Title = line(where, c.Title) },
            EntryChange.MitigationOverdue c => c with { Name = line(where, c.Name), Title = line(where, c.Title) },
            EntryChange.FollowUpMoved c => c with { Action = line(where, c.Action), Owner = c.Owner is null ? null : line(where, c.Owner) },
            EntryChange.FollowUpEdited c => c with { Action = line(where, c.Action) },
            EntryChange.ReviewersNamed c => c with { Names = [.. c.Names.Select(n => line(where, n))] },
            EntryChange.PostmortemApproved c => c with { Name = line(where, c.Name) },
            _ => e.Change,
        },
    };

    private static DocumentMitigation Of(DocumentMitigation m, string where, Func<string, string, string> line, Func<string, string, string> lines) => m with
    {
        Name = line(where, m.Name),
        Title = line(where, m.Title),
        KindEn = line(where, m.KindEn),
        KindEs = line(where, m.KindEs),
        AppliedBy = line(where, m.AppliedBy),
        Command = line(where, m.Command),
        Revert = line(where, m.Revert),
        ExpectedEffect = lines(where, m.ExpectedEffect),
        SideEffects = lines(where, m.SideEffects),
        VerdictReason = lines(where, m.VerdictReason),
        AskedWhom = line(where, m.AskedWhom),
        Ticket = line(where, m.Ticket),
        Answer = lines(where, m.Answer),
        Steps = [.. m.Steps.Select(s => s with { ByName = line(where, s.ByName), Reason = lines(where, s.Reason) })],
    };

    private static DocumentWave Of(DocumentWave w, string where, Func<string, string, string> line, Func<string, string, string> lines) => w with
    {
        MeasuredAt = line(where, w.MeasuredAt),
        Signature = line(where, w.Signature),
        Notes = lines(where, w.Notes),
        Networks = [.. w.Networks.Select(n => line(where, n))],
    };
}
