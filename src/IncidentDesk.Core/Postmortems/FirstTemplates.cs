using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>What a new desk begins with: the sections of Google's Site Reliability Engineering (chapter 15 and appendix D), in the order in which people read. Administrators change them as they like.</summary>
internal static class FirstTemplates
{
    public static readonly PostmortemTemplate[] All =
    [
        new()
        {
            Id = new Guid("0199a000-0000-7000-8000-000000000001"),
            NameEn = "Postmortem of an attack",
            NameEs = "Post mortem de un ataque",
            Sections =
            [
                new(SectionKind.Summary, "Summary", "Resumen",
                    "What happened, to whom, for how long and what ended it: three sentences that somebody can read aloud.",
                    "Qué pasó, a quién, por cuánto tiempo y qué lo terminó: tres frases que alguien pueda leer en voz alta.",
                    Visibility.Public, "{{facts}}"),
                new(SectionKind.Impact, "Impact", "Impacto",
                    "Who could not do what, from when to when. The numbers come from the record; say what they meant for the members.",
                    "Quién no pudo hacer qué, de cuándo a cuándo. Los números salen del registro; di qué significaron para los miembros.",
                    Visibility.Public, "{{impact}}"),
                new(SectionKind.Timeline, "Timeline", "Cronología",
                    "The key events and the course of the attack. Leave out what does not help to understand it.",
                    "Los eventos clave y el curso del ataque. Deja fuera lo que no ayuda a entenderlo.",
                    Visibility.Public, "{{board}}\n\n{{timeline}}"),
                new(SectionKind.RootCause, "Root cause and trigger", "Causa raíz y detonante",
                    "Why it was possible, and what set it off. Who is behind it is rarely known: say so.",
                    "Por qué fue posible y qué lo detonó. Rara vez se sabe quién está detrás: dilo así.",
                    Visibility.Members, "{{waves}}"),
                new(SectionKind.Detection, "Detection", "Detección",
                    "How we came to know, and what would have told us sooner.",
                    "Cómo nos enteramos y qué nos habría avisado antes.",
                    Visibility.Members, "{{metrics}}"),
                new(SectionKind.Response, "Response", "Respuesta",
                    "What was tried, what each defence did, how they answered.",
                    "Qué se intentó, qué hizo cada defensa y cómo respondieron los atacantes.",
                    Visibility.Members, "{{mitigations}}"),
                new(SectionKind.WentWell, "What went well", "Qué salió bien", "What we want to do again.", "Qué queremos repetir.", Visibility.Members, ""),
                new(SectionKind.WentBadly, "What went badly", "Qué salió mal", "What the system or the way we work made harder. No names to blame.", "Qué hicieron más difícil el sistema o nuestra forma de trabajar. Sin culpar a nadie.", Visibility.Internal, ""),
                new(SectionKind.Lucky, "Where we were lucky", "Dónde tuvimos suerte", "What would have been worse on another day.", "Qué habría sido peor otro día.", Visibility.Internal, ""),
                new(SectionKind.FollowUps, "Follow-ups", "Seguimientos", "Who does what by when.", "Quién hace qué y para cuándo.", Visibility.Members, "{{follow-ups}}"),
            ],
        },
    ];
}
