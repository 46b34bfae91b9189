namespace IncidentDesk.Web.Texts;

/// <summary>Names the resource in which every word of the desk stands, in English and Spanish.</summary>
public sealed class DeskTexts;
