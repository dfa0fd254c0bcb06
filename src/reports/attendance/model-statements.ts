/** What the demonstration's readers state about a line before anybody writes. The language files translate these sentences; a partnership that words its own has them translated. */
export const modelStatements = {
  police: {
    readers: 'Intelligence officers of Lea Vale Constabulary’s modern slavery unit, and no other officers.',
    mustAct:
      'If a child is being harmed, or somebody’s life is in danger, the police must act, whatever you choose. If the police learn of a crime, they can investigate it.',
    immigration:
      'The police do not report you to immigration officers. If you have no right to be here and police meet you, police might have to inform immigration officers.',
    notice:
      'Lea Vale Constabulary is responsible for the information that you give. The information is kept under seal for one year, or as long as a case needs it, and then destroyed. This service does not keep the internet address of your phone or computer.',
  },
  help: {
    readers: 'Advisers of Harbour Sexual Violence Advisers. They are not police and do not work for the police.',
    mustAct:
      'If a child is being harmed, or somebody will be killed or badly hurt, the advisers must warn people who can stop it. The advisers try to speak with you first.',
    immigration: 'No. They do not tell immigration officers, and they do not ask about your papers.',
    notice:
      'Harbour Sexual Violence Advisers are responsible for the information that you give. The information is kept sealed, and separate from police, while they help you and for one year after. Then it is destroyed.',
  },
} as const;
