using IncidentDesk.Shared;

namespace IncidentDesk.Postmortems;

/// <summary>Changes the title of a document and the language in which its authors write.</summary>
public sealed class EditPostmortem(PostmortemWriter writer)
{
    /// <summary>What is null stays as it is.</summary>
    public sealed record Command(string IncidentKey, int Version, string? Title = null, string? Language = null);

    /// <returns>The document, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<Postmortem>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.WriteAsync(command.IncidentKey, actor, write => Task.FromResult(Edit(command, write.Postmortem)), ct);

    private static Result<Postmortem> Edit(Command command, Postmortem postmortem)
    {
        var (title, language) = (postmortem.Title, command.Language ?? postmortem.Language);
        if (command.Title is not null && !TextRules.Line(nameof(command.Title), command.Title, Postmortem.MaxTitleLength).TryGet(out title, out var error)) return error;
        if (language is not ("en" or "es")) return new Invalid(nameof(command.Language), "Person.LanguageUnknown");
        if ((title, language) == (postmortem.Title, postmortem.Language)) return postmortem;
        if (command.Version != postmortem.Version) return new Conflict("Postmortem.Conflict", postmortem);
        (postmortem.Title, postmortem.Language) = (title, language);
        postmortem.Version++;
        return postmortem;
    }
}
