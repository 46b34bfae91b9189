using IncidentDesk.Attachments;
using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;

namespace IncidentDesk.Web.Postmortems;

/// <summary>What somebody wants to do with the document, a section or a piece of evidence.</summary>
public sealed record SectionAct(SectionAct.What Is, PostmortemSection? Section = null, TimelineEntry? Entry = null, Attachment? File = null)
{
    public enum What { Add, Edit, Up, Down, Remove, History, Removed, Title, Entry, File }
}
