using IncidentDesk.Postmortems;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Postmortems;

/// <summary>Pseudonyms in the reader's language.</summary>
public static class PseudonymWords
{
    /// <summary>The whole document, before it is laid out.</summary>
    public static DocumentRecord InWords(this DocumentRecord record, Say say) => PseudonymText.Resolve(record, thing => say.Called(thing), role => say[$"Redaction.Role.{role}"]);

    public static string InWords(this string text, Say say) => PseudonymText.Resolve(text, thing => say.Called(thing), role => say[$"Redaction.Role.{role}"]);

    /// <summary>How something is spoken of outside: as <c>Site A</c>, <c>203.0.113.x1</c> or <c>host-a.example</c>.</summary>
    public static string Name(this ReadRedaction.Called called, Say say) => called.Mark.InWords(say);

    private static string Called(this Say say, NamedThing thing) => thing is NamedThing.Email or NamedThing.Secret or NamedThing.InternalLink ? say[$"Redaction.Removed.{thing}"] : say.Word(thing);

    /// <summary>The part of the document in which something was found.</summary>
    public static string Where(this Say say, Leak leak) => leak.Where.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? $"{say["Redaction.Where." + leak.Where[..slash]]} {leak.Where[(slash + 1)..].InWords(say)}" : say["Redaction.Where." + leak.Where];
}
