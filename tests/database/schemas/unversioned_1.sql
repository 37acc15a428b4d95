-- Written by the program as of commit 7c7ab5e, which gave the schema no version.
BEGIN TRANSACTION;
CREATE TABLE assets (
	file_name VARCHAR NOT NULL, 
	original_name TEXT NOT NULL, 
	source_url TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (file_name)
);
INSERT INTO "assets" VALUES('03ef39b8-85ae-48b0-8efa-3b4e8e86b20b.jpg','flux_sign_diffusion.jpg','https://assets.rapidata.ai/flux_sign_diffusion.jpg',1800000120.0);
INSERT INTO "assets" VALUES('ba37642e-ff67-482b-82ae-1566eab0c7d6.jpg','mj_sign_diffusion.jpg','https://assets.rapidata.ai/mj_sign_diffusion.jpg',1800000120.0);
CREATE TABLE assignments (
	job_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	user_score DOUBLE NOT NULL, 
	position INTEGER, 
	due DOUBLE NOT NULL, 
	answered INTEGER NOT NULL, 
	PRIMARY KEY (job_id, labeler_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "assignments" VALUES('job_db283d3ffc83','sim_00000',0.9128,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_db283d3ffc83','sim_00001',0.6853,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_db283d3ffc83','sim_00002',0.8051,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_db283d3ffc83','sim_00003',0.6866,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_db283d3ffc83','sim_00004',0.8589,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_db283d3ffc83','sim_00005',0.8946,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_cfe570cbe651','sim_00000',0.6,NULL,8.93639444552862260984e-02,0);
INSERT INTO "assignments" VALUES('job_cfe570cbe651','sim_00001',0.6,NULL,4.40825099112460927486e-01,0);
INSERT INTO "assignments" VALUES('job_cfe570cbe651','sim_00002',0.6,NULL,2.38288502783076672209e-01,0);
INSERT INTO "assignments" VALUES('job_cfe570cbe651','sim_00005',0.6,NULL,3.33813955356157654463e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00000',0.9128,1,7.60374115000824302157e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00001',0.6853,2,1.14133333499675071465e+00,1);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00002',0.8051,0,1.51719538957239308274e+00,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00003',0.6866,0,1.34885343376787103508e+00,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00004',0.8589,2,7.57892063617729094815e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00005',0.8946,1,9.16379463283496620285e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00006',0.8725,2,5.98558523096629491178e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00007',0.8061,1,6.25890901295568347073e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00008',0.7177,0,1.0667744391054727604e+00,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00009',0.7929,2,7.99384717985716530819e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00010',0.815,2,1.1375132605534516994e+00,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00011',0.7714,0,1.11911038791317,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00012',0.8861,0,5.25260882074881529923e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00013',0.8656,0,1.26897389799607274163e+00,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00014',0.7068,2,1.02439537971030114604e+00,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00015',0.7307,2,9.40275817173465311427e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00016',0.8712,1,1.13117590825561764589e+00,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00017',0.8185,1,1.00308802184001555346e+00,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00018',0.7812,1,8.68942430558956369068e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00019',0.0352,0,7.26854135725098382536e-01,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00020',0.4345,0,0.759959398744299,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00021',0.9082,2,1.05996023937605254872e+00,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00022',0.7888,1,0.957570872242457,0);
INSERT INTO "assignments" VALUES('job_ad47fe556f88','sim_00023',0.6593,1,7.54532510240045417582e-01,0);
CREATE TABLE audiences (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	description TEXT, 
	status VARCHAR NOT NULL, 
	filters JSON NOT NULL, 
	graduation_rule JSON NOT NULL, 
	leave_after INTEGER, 
	drop_min_responses INTEGER NOT NULL, 
	drop_score DOUBLE NOT NULL, 
	created_at DOUBLE NOT NULL, 
	recruiting_since DOUBLE, 
	crowd_size INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audiences" VALUES('global','global','Global','Everyone: the broadest pool of labelers, ready for any simple task.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_alignment','curated','Alignment','Labelers trained to judge how well an image or video follows its prompt.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_9b506fadebd3','custom','Readers',NULL,'Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000000.0,1800000000.0,12);
INSERT INTO "audiences" VALUES('aud_6325264379cf','custom','Empty',NULL,'Created','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000120.0,NULL,0);
CREATE TABLE batch_uploads (
	id VARCHAR NOT NULL, 
	correlation_id VARCHAR, 
	outcomes JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "batch_uploads" VALUES('bup_9cce94dd3512','dfa48d0f-8f50-4892-b535-4b00d00cdf9d','[{"url": "https://assets.rapidata.ai/flux_sign_diffusion.jpg", "status": "Completed", "fileName": "03ef39b8-85ae-48b0-8efa-3b4e8e86b20b.jpg", "warnings": []}, {"url": "https://assets.rapidata.ai/mj_sign_diffusion.jpg", "status": "Completed", "fileName": "ba37642e-ff67-482b-82ae-1566eab0c7d6.jpg", "warnings": []}]');
CREATE TABLE candidates (
	audience_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	answered INTEGER NOT NULL, 
	correct INTEGER NOT NULL, 
	joined_at DOUBLE NOT NULL, 
	decided_at DOUBLE, 
	next_due DOUBLE, 
	PRIMARY KEY (audience_id, labeler_id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00000','Graduated',3,3,1.8000000009317979813e+09,1.80000000282056951518e+09,NULL);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00001','Graduated',3,3,1.80000000071048831939e+09,1.80000000219052481648e+09,NULL);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00002','Graduated',3,3,1.80000000000781559946e+09,1.80000000263375759118e+09,NULL);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00003','DroppedLowScore',3,2,1.80000000104532265664e+09,1.80000000322765517238e+09,NULL);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00004','DroppedLowScore',3,2,1.80000000101649260519e+09,1.80000000228168559072e+09,NULL);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00005','Graduated',3,3,1.80000000105045747759e+09,1.80000000260021424296e+09,NULL);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00006','Distilling',0,0,1.80000014287886118888e+09,NULL,1.80000014327458906174e+09);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00007','Distilling',0,0,1.8000001427044322491e+09,NULL,1.80000014334979224206e+09);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00008','Distilling',0,0,1.80000014337330842013e+09,NULL,1.80000014444331097596e+09);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00009','Distilling',0,0,1.8000001427613437176e+09,NULL,1.80000014347247409823e+09);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00010','Distilling',0,0,1.80000014233516716956e+09,NULL,1.80000014314008688932e+09);
INSERT INTO "candidates" VALUES('aud_9b506fadebd3','sim_00011','Distilling',0,0,1.80000014340344786645e+09,NULL,1.80000014432541632653e+09);
CREATE TABLE datapoints (
	id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	sort_index INTEGER NOT NULL, 
	arrived_at DOUBLE NOT NULL, 
	item_names JSON NOT NULL, 
	context TEXT, 
	private_metadata JSON, 
	PRIMARY KEY (id), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "datapoints" VALUES('dpt_26636c083c89','dst_4838a06f44d0',0,1800000120.0,'["first text 0", "second text 0"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_96e836a00649','dst_4838a06f44d0',1,1800000120.0,'["first text 1", "second text 1"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_a751897a6fd4','dst_4838a06f44d0',2,1800000120.0,'["first text 2", "second text 2"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_6436ab9e95e6','dst_465c72658969',0,1800000120.0,'["03ef39b8-85ae-48b0-8efa-3b4e8e86b20b.jpg", "ba37642e-ff67-482b-82ae-1566eab0c7d6.jpg"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_4362e379e4f3','dst_8c22a7442d92',0,1800000142.0,'["a", "b"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_b1af1d8d01ef','dst_d87f8cff3580',0,1800000152.0,'["one 0", "two 0"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_dcee86f04aca','dst_d87f8cff3580',1,1800000152.0,'["one 1", "two 1"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_30579c8f27bc','dst_d87f8cff3580',2,1800000152.0,'["one 2", "two 2"]',NULL,'null');
CREATE TABLE datasets (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	schema JSON, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "datasets" VALUES('dst_4838a06f44d0','Texts_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_465c72658969','Pictures_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_8c22a7442d92','Draft_dataset','null',1800000142.0);
INSERT INTO "datasets" VALUES('dst_d87f8cff3580','Halfway_dataset','null',1800000152.0);
CREATE TABLE definitions (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "definitions" VALUES('jdf_77af656a7faa','Texts',1800000120.0);
INSERT INTO "definitions" VALUES('jdf_8eaf73c105d3','Pictures',1800000120.0);
INSERT INTO "definitions" VALUES('jdf_59d4fbb383b5','Draft',1800000142.0);
INSERT INTO "definitions" VALUES('jdf_99bc4935d01e','Halfway',1800000152.0);
CREATE TABLE example_responses (
	example_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	correct BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (example_id, labeler_id), 
	FOREIGN KEY(example_id) REFERENCES examples (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "example_responses" VALUES('exm_c2f046afc2ef','sim_00002',1,1.8000000008831295967e+09);
INSERT INTO "example_responses" VALUES('exm_072cff8f0b43','sim_00001',1,1.80000000120383381839e+09);
INSERT INTO "example_responses" VALUES('exm_c2f046afc2ef','sim_00004',1,1.80000000143822360037e+09);
INSERT INTO "example_responses" VALUES('exm_c2f046afc2ef','sim_00000',1,1.80000000156138849263e+09);
INSERT INTO "example_responses" VALUES('exm_072cff8f0b43','sim_00005',1,1.80000000156704306596e+09);
INSERT INTO "example_responses" VALUES('exm_32751d487416','sim_00001',1,1.80000000169717931748e+09);
INSERT INTO "example_responses" VALUES('exm_32751d487416','sim_00002',1,1.80000000175844359394e+09);
INSERT INTO "example_responses" VALUES('exm_072cff8f0b43','sim_00003',1,1.80000000177276682855e+09);
INSERT INTO "example_responses" VALUES('exm_32751d487416','sim_00004',0,1.80000000185995459554e+09);
INSERT INTO "example_responses" VALUES('exm_32751d487416','sim_00005',1,1.80000000208362865442e+09);
INSERT INTO "example_responses" VALUES('exm_c2f046afc2ef','sim_00001',1,1.80000000219052481648e+09);
INSERT INTO "example_responses" VALUES('exm_32751d487416','sim_00000',1,1.80000000219097900386e+09);
INSERT INTO "example_responses" VALUES('exm_072cff8f0b43','sim_00004',1,1.80000000228168559072e+09);
INSERT INTO "example_responses" VALUES('exm_32751d487416','sim_00003',0,1.80000000250021100038e+09);
INSERT INTO "example_responses" VALUES('exm_c2f046afc2ef','sim_00005',1,1.80000000260021424296e+09);
INSERT INTO "example_responses" VALUES('exm_072cff8f0b43','sim_00002',1,1.80000000263375759118e+09);
INSERT INTO "example_responses" VALUES('exm_072cff8f0b43','sim_00000',1,1.80000000282056951518e+09);
INSERT INTO "example_responses" VALUES('exm_c2f046afc2ef','sim_00003',1,1.80000000322765517238e+09);
CREATE TABLE examples (
	id VARCHAR NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	body JSON NOT NULL, 
	correct_count INTEGER NOT NULL, 
	incorrect_count INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE
);
INSERT INTO "examples" VALUES('exm_32751d487416','aud_9b506fadebd3',0,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 0"}, {"_t": "TextAssetInput", "text": "muddled answer 0"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 0"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',4,2);
INSERT INTO "examples" VALUES('exm_072cff8f0b43','aud_9b506fadebd3',1,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 1"}, {"_t": "TextAssetInput", "text": "muddled answer 1"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 1"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_c2f046afc2ef','aud_9b506fadebd3',2,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 2"}, {"_t": "TextAssetInput", "text": "muddled answer 2"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 2"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
CREATE TABLE job_datapoints (
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	datapoint_id VARCHAR NOT NULL, 
	settled BOOLEAN NOT NULL, 
	PRIMARY KEY (job_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "job_datapoints" VALUES('job_db283d3ffc83',0,'dpt_26636c083c89',1);
INSERT INTO "job_datapoints" VALUES('job_db283d3ffc83',1,'dpt_96e836a00649',1);
INSERT INTO "job_datapoints" VALUES('job_db283d3ffc83',2,'dpt_a751897a6fd4',1);
INSERT INTO "job_datapoints" VALUES('job_cfe570cbe651',0,'dpt_6436ab9e95e6',0);
INSERT INTO "job_datapoints" VALUES('job_873b59da5a6f',0,'dpt_4362e379e4f3',0);
INSERT INTO "job_datapoints" VALUES('job_ad47fe556f88',0,'dpt_b1af1d8d01ef',0);
INSERT INTO "job_datapoints" VALUES('job_ad47fe556f88',1,'dpt_dcee86f04aca',0);
INSERT INTO "job_datapoints" VALUES('job_ad47fe556f88',2,'dpt_30579c8f27bc',0);
CREATE TABLE jobs (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DOUBLE NOT NULL, 
	completed_at DOUBLE, 
	running_since DOUBLE, 
	ran_for DOUBLE NOT NULL, 
	pace DOUBLE NOT NULL, 
	datapoint_count INTEGER NOT NULL, 
	settled_count INTEGER NOT NULL, 
	response_count INTEGER NOT NULL, 
	simulated_count INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('job_db283d3ffc83','Texts:1','jdf_77af656a7faa',1,'global','ppl_2f0a1ed12281','Completed',1800000130.0,1800000131.48706,NULL,1.48705995788393097178e+00,1.0,3,3,9,9);
INSERT INTO "jobs" VALUES('job_cfe570cbe651','Pictures:1','jdf_8eaf73c105d3',1,'aud_9b506fadebd3','ppl_70102f4f984b','Running',1800000142.0,NULL,1800000142.0,0.0,1.0,1,0,0,0);
INSERT INTO "jobs" VALUES('job_873b59da5a6f','Draft:1','jdf_59d4fbb383b5',1,'global','ppl_9d223da31253','Running',1800000152.0,NULL,1800000152.0,0.0,1.0,1,0,0,0);
INSERT INTO "jobs" VALUES('job_ad47fe556f88','Halfway:1','jdf_99bc4935d01e',1,'global','ppl_fd9f6fe032ff','Paused',1800000162.0,NULL,NULL,0.5,1.0,3,0,1,1);
CREATE TABLE labelers (
	id VARCHAR NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	country VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	age VARCHAR NOT NULL, 
	gender VARCHAR NOT NULL, 
	occupation VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "labelers" VALUES('sim_00000',1,'MX','es','65+','Female','Self-employed');
INSERT INTO "labelers" VALUES('sim_00001',1,'ES','es','40-49','Male','Student');
INSERT INTO "labelers" VALUES('sim_00002',1,'DE','de','65+','Female','Student');
INSERT INTO "labelers" VALUES('sim_00003',1,'MX','es','40-49','Male','Other');
INSERT INTO "labelers" VALUES('sim_00004',1,'IN','en','18-29','Male','Student');
INSERT INTO "labelers" VALUES('sim_00005',1,'MX','es','40-49','Female','Employed');
INSERT INTO "labelers" VALUES('sim_00006',1,'DE','de','65+','Female','Employed');
INSERT INTO "labelers" VALUES('sim_00007',1,'FR','fr','65+','Male','Retired');
INSERT INTO "labelers" VALUES('sim_00008',1,'ES','es','50-64','Male','Other');
INSERT INTO "labelers" VALUES('sim_00009',1,'DE','de','18-29','Female','Other');
INSERT INTO "labelers" VALUES('sim_00010',1,'US','en','18-29','Male','Other');
INSERT INTO "labelers" VALUES('sim_00011',1,'ES','es','30-39','Male','Student');
INSERT INTO "labelers" VALUES('sim_00012',1,'MX','es','18-29','Male','Retired');
INSERT INTO "labelers" VALUES('sim_00013',1,'MX','es','30-39','Female','Retired');
INSERT INTO "labelers" VALUES('sim_00014',1,'FR','fr','50-64','Male','Employed');
INSERT INTO "labelers" VALUES('sim_00015',1,'ES','es','40-49','Male','Other');
INSERT INTO "labelers" VALUES('sim_00016',1,'FR','fr','65+','Male','Self-employed');
INSERT INTO "labelers" VALUES('sim_00017',1,'MX','es','40-49','Female','Employed');
INSERT INTO "labelers" VALUES('sim_00018',1,'IN','en','65+','Female','Employed');
INSERT INTO "labelers" VALUES('sim_00019',1,'IN','en','50-64','Female','Self-employed');
INSERT INTO "labelers" VALUES('sim_00020',1,'PH','en','65+','Female','Student');
INSERT INTO "labelers" VALUES('sim_00021',1,'FR','fr','65+','Male','Employed');
INSERT INTO "labelers" VALUES('sim_00022',1,'MX','es','65+','Female','Retired');
INSERT INTO "labelers" VALUES('sim_00023',1,'BR','pt','30-39','Female','Employed');
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	begun_at DOUBLE NOT NULL, 
	settled_at DOUBLE, 
	made_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "ledger" VALUES(1,'575e373fc5eb37239d0b13817f9b9501b87443c5beb767a50ff15ac620f80582','audience',1800000000.0,1800000000.0,'aud_9b506fadebd3');
INSERT INTO "ledger" VALUES(2,'c9395265fdb5cde0561d296026592ac993d21899a07257944c0d7ae2528fac3f','audience',1800000120.0,1800000120.0,'aud_6325264379cf');
INSERT INTO "ledger" VALUES(3,'01b77cac16d383c40adbe9ca698ea1b7eaa956a5e63e019ca56fedb9b5a0f5b5','definition',1800000120.0,1800000120.0,'jdf_77af656a7faa');
INSERT INTO "ledger" VALUES(4,'03f471181f5dc23e5d141839cd04a2638668c82272cacdd077bb78f76e6afd9b','definition',1800000120.0,1800000120.0,'jdf_8eaf73c105d3');
INSERT INTO "ledger" VALUES(5,'9d2089c1887306a68dee39bf8bedd107588c6a26419ea4816b5a8775578e70f7','job',1800000130.0,1800000130.0,'job_db283d3ffc83');
INSERT INTO "ledger" VALUES(6,'2cdcea47d88895c2ccf77a15fc3d21721f7c8c10661ffe173a5751c6b23a6ac6','job',1800000142.0,1800000142.0,'job_cfe570cbe651');
INSERT INTO "ledger" VALUES(7,'9aceea68584e0d366e53a1a1e4c3bd258e7a9bbdf90de422cee806b4ea481294','definition',1800000142.0,1800000142.0,'jdf_59d4fbb383b5');
INSERT INTO "ledger" VALUES(8,'3b99942f61d61b22348db75ec4ae0db2de1d734606ba3139ba36fab8c8870a27','job',1800000152.0,1800000152.0,'job_873b59da5a6f');
INSERT INTO "ledger" VALUES(9,'deddda121100ae3c5b9ee4a48d6c222f9a9684bdf3e74e02da083d83983c4d3d','definition',1800000152.0,1800000152.0,'jdf_99bc4935d01e');
INSERT INTO "ledger" VALUES(10,'4bdfd84ca8e1e3b11d7d8024877a0835059e536af90886a5a6cb59fc9dc7a9d1','job',1800000162.0,1800000162.0,'job_ad47fe556f88');
CREATE TABLE responses (
	id INTEGER NOT NULL, 
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	choice INTEGER NOT NULL, 
	user_score DOUBLE NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "responses" VALUES(1,'job_db283d3ffc83',1,'sim_00001',1,0.6853,1,1.80000013047211766242e+09);
INSERT INTO "responses" VALUES(2,'job_db283d3ffc83',0,'sim_00004',0,0.8589,1,1.80000013051747560508e+09);
INSERT INTO "responses" VALUES(3,'job_db283d3ffc83',0,'sim_00005',0,0.8946,1,1800000130.77532);
INSERT INTO "responses" VALUES(4,'job_db283d3ffc83',1,'sim_00004',1,0.8589,1,1.80000013085510706892e+09);
INSERT INTO "responses" VALUES(5,'job_db283d3ffc83',2,'sim_00000',0,0.9128,1,1800000130.9022);
INSERT INTO "responses" VALUES(6,'job_db283d3ffc83',0,'sim_00003',0,0.6866,1,1.80000013108693194393e+09);
INSERT INTO "responses" VALUES(7,'job_db283d3ffc83',2,'sim_00001',0,0.6853,1,1.80000013108881831173e+09);
INSERT INTO "responses" VALUES(8,'job_db283d3ffc83',1,'sim_00002',1,0.8051,1,1.80000013123071694372e+09);
INSERT INTO "responses" VALUES(9,'job_db283d3ffc83',2,'sim_00005',0,0.8946,1,1800000131.48706);
INSERT INTO "responses" VALUES(10,'job_ad47fe556f88',0,'sim_00001',0,0.6853,1,1.80000016247047615056e+09);
CREATE TABLE revisions (
	definition_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	workflow JSON NOT NULL, 
	referee JSON NOT NULL, 
	feature_flags JSON NOT NULL, 
	campaign_feature_flags JSON NOT NULL, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (definition_id, number), 
	FOREIGN KEY(definition_id) REFERENCES definitions (id) ON DELETE CASCADE, 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id)
);
INSERT INTO "revisions" VALUES('jdf_77af656a7faa',1,'ppl_48683e7e052f','dst_4838a06f44d0','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which reads better?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 3}','[]','[]',1800000120.0);
INSERT INTO "revisions" VALUES('jdf_8eaf73c105d3',1,'ppl_7d2c2148cacb','dst_465c72658969','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is nicer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 2}','[]','[]',1800000120.0);
INSERT INTO "revisions" VALUES('jdf_59d4fbb383b5',1,'ppl_acd834ba114b','dst_8c22a7442d92','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is longer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 10}','[]','[]',1800000142.0);
INSERT INTO "revisions" VALUES('jdf_99bc4935d01e',1,'ppl_188d683cff44','dst_d87f8cff3580','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is clearer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 12}','[]','[]',1800000152.0);
CREATE INDEX ix_batch_uploads_correlation_id ON batch_uploads (correlation_id);
CREATE INDEX ix_jobs_pipeline_id ON jobs (pipeline_id);
CREATE INDEX examples_by_audience ON examples (audience_id, position);
CREATE INDEX candidates_due ON candidates (audience_id, next_due);
CREATE INDEX datapoints_in_order ON datapoints (dataset_id, sort_index, arrived_at);
CREATE INDEX job_datapoints_open ON job_datapoints (job_id, settled, position);
CREATE UNIQUE INDEX one_response_each ON responses (job_id, position, labeler_id);
CREATE INDEX ix_ledger_key ON ledger ("key");
COMMIT;
