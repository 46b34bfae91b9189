using System.Text.RegularExpressions;

namespace IncidentDesk.Postmortems;

/// <summary>The files that a Markdown text shows or links to: <c>![what](attachment:id)</c>.</summary>
public static partial class AttachmentLinks
{
    public static IEnumerable<Guid> In(string markdown) => Link().Matches(markdown).Select(m => Guid.Parse(m.Groups["id"].Value));

    [GeneratedRegex(@"\(attachment:(?<id>[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();
}
