using IncidentDesk.Checklists;
using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Checklists;

/// <summary>Checklists in the reader's language.</summary>
internal static class ChecklistWords
{
    public static string Title(this Checklist checklist) => Of(checklist.TitleEn, checklist.TitleEs);

    public static string Title(this IncidentChecklist checklist) => Of(checklist.TitleEn, checklist.TitleEs);

    public static string Text(this ChecklistStep step) => Of(step.En, step.Es);

    private static string Of(string en, string es) => Languages.Current == "es" ? es : en;
}
