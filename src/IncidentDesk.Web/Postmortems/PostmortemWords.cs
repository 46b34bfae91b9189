using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Postmortems;

/// <summary>Sections and templates in the reader's language.</summary>
internal static class PostmortemWords
{
    public static string Name(this PostmortemTemplate template) => Of(template.NameEn, template.NameEs);

    public static string Title(this PostmortemSection section) => Of(section.TitleEn, section.TitleEs);

    public static string Title(this TemplateSection section) => Of(section.TitleEn, section.TitleEs);

    public static string Guidance(this PostmortemSection section) => Of(section.GuidanceEn, section.GuidanceEs);

    public static string Icon(this Visibility visibility) => visibility switch
    {
        Visibility.Internal => "lock",
        Visibility.Members => "users",
        Visibility.Public => "globe",
    };

    private static string Of(string en, string es) => Languages.Current == "es" ? es : en;
}
